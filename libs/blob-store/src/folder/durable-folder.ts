import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SyncFolder } from './folder-sync.js';

/** Makes a folder below the root, and its own entry durable, once per process however many ask. */
export type EnsureFolder = (folder: string) => Promise<void>;

/**
 * That a folder exists does not mean that it survives a power cut: another writer, of this process or of another,
 * may have made it a moment ago. So the first use syncs the folders above it; when nothing changed, that costs nothing.
 */
export function createEnsureFolder(root: string, syncFolder: SyncFolder): EnsureFolder {
  const ensured = new Map<string, Promise<void>>();
  const ensure = async (folder: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await Promise.all([syncFolder(dirname(folder)), syncFolder(root)]);
  };
  return (folder) => {
    const known = ensured.get(folder);
    if (known !== undefined) {
      return known;
    }
    const made = ensure(folder);
    ensured.set(folder, made);
    // A failure must not stay: the next put tries again.
    made.catch(() => ensured.delete(folder));
    return made;
  };
}
