import { createHash } from 'node:crypto';
import { open, readdir, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderPlaces } from './folder-places.js';
import { SMALL_BYTES } from './put-small.js';

/** What `putSmall` calls a file until it has its place. */
const UNPLACED = /^([0-9a-f]{64})\.[0-9a-f-]{36}$/;

/**
 * Gives whole files in `temporary` their place: those that a power cut left there between the sync and the rename. A
 * file that is still being written does not have the hash that its name says and is left alone; its writer copes when
 * it was whole already.
 */
export async function finishInterrupted(places: FolderPlaces): Promise<void> {
  for (const name of await readdir(places.temporary)) {
    const sha256 = UNPLACED.exec(name)?.[1];
    if (sha256 !== undefined) {
      await finish(places, join(places.temporary, name), sha256).catch(ignoreMissing);
    }
  }
}

async function finish(places: FolderPlaces, temporary: string, sha256: string): Promise<void> {
  const file = await open(temporary, 'r');
  try {
    if ((await hashOf(file)) !== sha256) {
      return;
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  const path = places.path(sha256);
  await places.ensureFolder(dirname(path));
  await rename(temporary, path);
  await places.syncFolder(dirname(path));
}

async function hashOf(file: FileHandle): Promise<string | null> {
  const { size } = await file.stat();
  return size > SMALL_BYTES
    ? null
    : createHash('sha256')
        .update(await file.readFile())
        .digest('hex');
}

/** Its writer has given it its place meanwhile. */
function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
    throw error;
  }
}
