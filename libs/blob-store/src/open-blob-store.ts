import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BlobStore } from './blob-store.js';
import { openFolderBlobStore } from './folder/folder-blob-store.js';

/**
 * Opens a store by its address: a path or `file://` for a folder.
 * `section`: a store of its own within it, whose content is nobody else's to refer to.
 * Ends in an error that says what to do for any other kind.
 */
export async function openBlobStore(address: string, section = ''): Promise<BlobStore> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return openFolderBlobStore(join(address, section));
  }
  if (scheme === 'file') {
    return openFolderBlobStore(join(fileURLToPath(address), section));
  }
  throw new Error(`BLOB_URL: ${scheme}:// is not supported yet; use a folder that every process can reach.`);
}
