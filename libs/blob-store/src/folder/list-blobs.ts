import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredBlob } from '../blob-store.js';
import { ifMissing } from './if-missing.js';

/** A blob by itself, or a name of the pack that it is in. */
const NAME = /^([0-9a-f]{64})(?:\.pack)?$/;

/** What lies in one of the folders of a store; one that is not there holds nothing. */
export async function listBlobs(folder: string): Promise<StoredBlob[]> {
  const blobs: StoredBlob[] = [];
  for (const name of await ifMissing(readdir(folder), [])) {
    const sha256 = NAME.exec(name)?.[1];
    const found = sha256 === undefined ? null : await ifMissing(stat(join(folder, name)), null);
    if (sha256 !== undefined && found !== null) {
      blobs.push({ sha256, writtenAt: found.mtime });
    }
  }
  return blobs;
}
