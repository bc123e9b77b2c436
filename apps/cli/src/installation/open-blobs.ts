import { access } from 'node:fs/promises';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import { failed, messageOf, succeeded, type Outcome } from '../context.js';

/** Opens the store that is at the address, and makes none where there is none: a wrong address shall be noticed. */
export async function openBlobs(address: string): Promise<Outcome<BlobStore>> {
  if (!(await blobsExist(address))) {
    return failed(`There is no blob store at ${address}: correct BLOB_URL or DATA_DIR.`);
  }
  try {
    return succeeded(await openBlobStore(address));
  } catch (error) {
    return failed(`The blob store at ${address} cannot be opened: ${messageOf(error)}.`);
  }
}

/** Whether a folder is there yet. Other addresses, and why a folder cannot be reached, are the store's to judge. */
export async function blobsExist(address: string): Promise<boolean> {
  if (/^[a-z0-9]+:\/\//i.test(address) && !address.startsWith('file://')) {
    return true;
  }
  const folder = address.startsWith('file://') ? new URL(address) : address;
  return access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
}
