import { fileURLToPath } from 'node:url';
import type { BlobStore } from './blob-store.js';
import { openFolderBlobStore } from './folder/folder-blob-store.js';

/**
 * Opens a store by its address: a path or `file://` for a folder.
 * Ends in an error that says what to do for any other kind.
 */
export async function openBlobStore(address: string): Promise<BlobStore> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return openFolderBlobStore(address);
  }
  if (scheme === 'file') {
    return openFolderBlobStore(fileURLToPath(address));
  }
  throw new Error(`BLOB_URL: ${scheme}:// is not supported yet; use a folder that every process can reach.`);
}
