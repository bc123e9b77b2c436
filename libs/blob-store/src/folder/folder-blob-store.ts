import { linkSync } from 'node:fs';
import { access, constants, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { BlobStore, ByteRange } from '../blob-store.js';
import { createEnsureFolder } from './durable-folder.js';
import { deleteUnlessPut } from './delete-unless-put.js';
import { erasePacked } from './packs/erase-packed.js';
import { finishInterrupted } from './finish-interrupted.js';
import { createFolderSync } from './folder-sync.js';
import { createSmallBlobWriter } from './gather-small.js';
import { readPacked } from './packs/packed-blob.js';
import { ifMissing } from './if-missing.js';
import { listBlobs } from './list-blobs.js';
import { putIntoFolder } from './put-into-folder.js';

const SHA256 = /^[0-9a-f]{64}$/;
/** Nobody writes so long on one blob. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A folder: `aa/<sha256>` holds one blob; `aa/<sha256>.pack` is one of the names of a pack that holds it among others.
 * Both are written to `temporary/` first. 256 folders are all made soon, so that later puts make none.
 */
export async function openFolderBlobStore(folder: string): Promise<BlobStore> {
  const root = resolve(folder);
  const temporary = join(root, 'temporary');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const syncFolder = createFolderSync();
  const ensureFolder = createEnsureFolder(root, syncFolder);
  const path = (sha256: string): string => {
    if (!SHA256.test(sha256)) {
      throw new RangeError('a blob is named by the 64 hexadecimal digits of its SHA-256');
    }
    return join(root, sha256.slice(0, 2), sha256);
  };
  const pack = (sha256: string): string => `${path(sha256)}.pack`;
  const places = { temporary, path, pack, link: linkSync, ensureFolder, syncFolder };
  await finishInterrupted(places);
  await sweep(temporary, ABANDONED_AFTER_MS);
  const putSmall = createSmallBlobWriter(places);
  return {
    put: (content, limits) => putIntoFolder(places, putSmall, content, limits?.maxBytes),
    get: async (sha256, range) =>
      (await openForReading(path(sha256), range)) ?? readableOf(await readPacked(pack(sha256), sha256), range),
    list: (beginning) => listBlobs(join(root, beginning)),
    check: () => checkWritable(temporary),
    delete: async (sha256) => {
      const hadFile = await removeFile(path(sha256));
      return (await erasePacked(places, sha256)) || hadFile;
    },
    deleteUnlessPut: (sha256, since) => deleteUnlessPut(places, sha256, since),
  };
}

/** Opened before it is handed out, so that content which is removed meanwhile can still be read to its end. */
async function openForReading(path: string, range?: ByteRange): Promise<Readable | null> {
  const file = await ifMissing(open(path, 'r'), null);
  return file?.createReadStream(range === undefined ? {} : { start: range.first, end: range.last }) ?? null;
}

/** A packed blob is small: it is read whole, and what becomes of the pack afterwards does not matter. */
function readableOf(content: Buffer | null, range?: ByteRange): Readable | null {
  if (content === null) {
    return null;
  }
  const part = range === undefined ? content : content.subarray(range.first, range.last + 1);
  return Readable.from([part], { objectMode: false });
}

async function checkWritable(temporary: string): ReturnType<BlobStore['check']> {
  try {
    await access(temporary, constants.W_OK);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: `the blob folder cannot be written: ${(error as Error).message}` };
  }
}

async function removeFile(path: string): Promise<boolean> {
  return ifMissing(
    rm(path).then(() => true),
    false,
  );
}

/** Removes what writers that ended in the middle of a blob left behind. */
async function sweep(temporary: string, olderThan: number): Promise<void> {
  const limit = Date.now() - olderThan;
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < limit) {
      await removeFile(path);
    }
  }
}
