import type { EnsureFolder } from './durable-folder.js';
import type { SyncFolder } from './folder-sync.js';

/** Where a folder store keeps things. */
export interface FolderPlaces {
  readonly temporary: string;
  readonly path: (sha256: string) => string;
  readonly ensureFolder: EnsureFolder;
  readonly syncFolder: SyncFolder;
}
