import type { EnsureFolder } from './durable-folder.js';
import type { SyncFolder } from './folder-sync.js';

/** Where a folder store keeps things. */
export interface FolderPlaces {
  readonly temporary: string;
  /** The file of one blob. */
  readonly path: (sha256: string) => string;
  /** The name under which a pack is found by one of its blobs. */
  readonly pack: (sha256: string) => string;
  /** Gives a file another name, at once; throws as `linkSync` does. */
  readonly link: (file: string, name: string) => void;
  readonly ensureFolder: EnsureFolder;
  readonly syncFolder: SyncFolder;
}
