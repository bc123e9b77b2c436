import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderPlaces } from '../folder-places.js';
import { ifMissing } from '../if-missing.js';
import { eraseFromPack } from './packed-blob.js';

/** What a blob is called between the loss of its name and that of its content. */
const BEING_ERASED = /^([0-9a-f]{64})\.erase$/;

/**
 * Removes a blob that is packed; true when there was one. Its name goes first: whoever finds the name finds the content.
 * What is interrupted after that is finished when the store is opened next.
 */
export async function erasePacked(places: FolderPlaces, sha256: string): Promise<boolean> {
  const nameless = namelessPack(places, sha256);
  const renamed = rename(places.pack(sha256), nameless).then(() => true);
  if (!(await ifMissing(renamed, false))) {
    return false;
  }
  await finishErasing(nameless);
  return true;
}

/** Where a pack waits for one of its blobs to be erased. */
export function namelessPack({ temporary }: Pick<FolderPlaces, 'temporary'>, sha256: string): string {
  return join(temporary, `${sha256}.erase`);
}

/** Finishes the removal of a blob when the name in `temporary` tells of one. */
export async function finishErasing(path: string): Promise<void> {
  const sha256 = BEING_ERASED.exec(basename(path))?.[1];
  if (sha256 !== undefined) {
    await eraseFromPack(path, sha256);
    await rm(path, { force: true });
  }
}
