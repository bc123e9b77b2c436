import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderPlaces } from '../folder-places.js';
import { eraseFromPack } from './packed-blob.js';

/** What a blob is called between the loss of its name and that of its content. */
const BEING_ERASED = /^([0-9a-f]{64})\.erase$/;

/**
 * Removes a blob that is packed; true when there was one. Its name goes first: whoever finds the name finds the content.
 * What is interrupted after that is finished when the store is opened next.
 */
export async function erasePacked(places: FolderPlaces, sha256: string): Promise<boolean> {
  const nameless = join(places.temporary, `${sha256}.erase`);
  try {
    await rename(places.pack(sha256), nameless);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
  await finishErasing(nameless);
  return true;
}

/** Finishes the removal of a blob when the name in `temporary` tells of one. */
export async function finishErasing(path: string): Promise<boolean> {
  const sha256 = BEING_ERASED.exec(basename(path))?.[1];
  if (sha256 === undefined) {
    return false;
  }
  await eraseFromPack(path, sha256);
  await rm(path, { force: true });
  return true;
}
