import { createHash } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ifMissing } from './if-missing.js';
import { finishErasing } from './packs/erase-packed.js';
import type { FolderPlaces } from './folder-places.js';
import { hasNoHardLinks, linkPack } from './packs/link-pack.js';
import { verifyPack } from './packs/packed-blob.js';
import { PACK_SUFFIX } from './packs/put-pack.js';
import { SMALL_BYTES } from './put-small.js';

/** What `putSmall` calls a file until it has its place. */
const UNPLACED = /^([0-9a-f]{64})\.[0-9a-f-]{36}$/;

/**
 * Brings to its end what a power cut or a crash left in `temporary`.
 * 1. Blobs of packs that had lost their name already are erased; they may be in one of the packs of phase 2.
 * 2. Whole files get their place, and packs a name for each of their blobs.
 *
 * A file whose writer has given it its place meanwhile is done. One that is still being written does not have the hash that its name or its table says and is left alone; its
 * writer copes when it was whole already.
 */
export async function finishInterrupted(places: FolderPlaces): Promise<void> {
  const names = await readdir(places.temporary);
  for (const name of names) {
    await finishErasing(join(places.temporary, name));
  }
  for (const name of names) {
    const temporary = join(places.temporary, name);
    const sha256 = UNPLACED.exec(name)?.[1];
    if (sha256 !== undefined) {
      await ifMissing(finish(places, temporary, sha256), undefined);
    } else if (name.endsWith(PACK_SUFFIX)) {
      await ifMissing(finishPack(places, temporary), undefined);
    }
  }
}

async function finish(places: FolderPlaces, temporary: string, sha256: string): Promise<void> {
  const file = await open(temporary, 'r');
  try {
    if ((await hashOf(file)) !== sha256) {
      return;
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  const path = places.path(sha256);
  await places.ensureFolder(dirname(path));
  await rename(temporary, path);
  await places.syncFolder(dirname(path));
}

async function finishPack(places: FolderPlaces, temporary: string): Promise<void> {
  const entries = await verifyPack(temporary);
  if (entries === null) {
    return;
  }
  try {
    const sha256s = entries.map(({ sha256 }) => sha256);
    const folders = await linkPack(places, temporary, sha256s);
    await Promise.all([...folders].map(places.syncFolder));
  } catch (error) {
    if (!hasNoHardLinks(error)) {
      throw error;
    }
    // Nobody was told that its blobs are durable: their writer gives each a file of its own.
    return;
  }
  await rm(temporary, { force: true });
}

async function hashOf(file: FileHandle): Promise<string | null> {
  const { size } = await file.stat();
  return size > SMALL_BYTES
    ? null
    : createHash('sha256')
        .update(await file.readFile())
        .digest('hex');
}
