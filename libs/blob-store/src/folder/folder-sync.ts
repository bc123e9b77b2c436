import { close, fsync, open } from 'node:fs';
import { promisify } from 'node:util';

/** Makes the entries of a folder durable; callers that come while a sync runs share the next one. */
export type SyncFolder = (folder: string) => Promise<void>;

// A FileHandle costs several times as much as a descriptor, and this runs for every blob.
const openFile = promisify(open);
const syncFile = promisify(fsync);
const closeFile = promisify(close);

/**
 * A rename is durable only after the folder itself was synced. Fifty writers into one folder need one sync,
 * not fifty: whoever comes while one is running waits for the one after it, which covers all of them.
 */
export function createFolderSync(): SyncFolder {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  const start = (folder: string): Promise<void> => {
    const sync = syncNow(folder).finally(() => running.delete(folder));
    running.set(folder, sync);
    return sync;
  };
  return (folder) => {
    const current = running.get(folder);
    if (current === undefined) {
      return start(folder);
    }
    const next =
      waiting.get(folder) ??
      current
        .catch(() => undefined)
        .then(() => {
          waiting.delete(folder);
          return start(folder);
        });
    waiting.set(folder, next);
    return next;
  };
}

async function syncNow(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return; // Windows cannot open a folder for syncing, and its file system orders the rename itself.
  }
  const file = await openFile(folder, 'r');
  try {
    await syncFile(file);
  } finally {
    await closeFile(file);
  }
}
