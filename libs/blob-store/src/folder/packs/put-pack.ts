import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderPlaces } from '../folder-places.js';
import { linkPack } from './link-pack.js';
import { encodePack, type SmallBlob } from './pack-format.js';

/** How the name of a pack in `temporary` ends until all its blobs have their names. */
export const PACK_SUFFIX = '.pack';

/** A pack whose blobs have their names; the folders of these are not synced yet. */
export interface LinkedPack {
  readonly temporary: string;
  readonly folders: ReadonlySet<string>;
}

/**
 * Many small blobs at the cost of one.
 *
 * 1. Write `temporary/<random>.pack`, and sync it and the folder. From here on they survive.
 * 2. Link it to `aa/<sha256>.pack` for each of its blobs, without a sync: `finishInterrupted` makes up for the names
 *    that a power cut takes away, as long as the name in `temporary` is there; see `createPackSettler` for its end.
 */
export async function putPack(places: FolderPlaces, blobs: readonly SmallBlob[]): Promise<LinkedPack> {
  const temporary = join(places.temporary, `${randomUUID()}${PACK_SUFFIX}`);
  try {
    await writeDurably(temporary, encodePack(blobs));
    await places.syncFolder(places.temporary);
    const sha256s = blobs.map(({ sha256 }) => sha256);
    return { temporary, folders: await linkPack(places, temporary, sha256s) };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
}
