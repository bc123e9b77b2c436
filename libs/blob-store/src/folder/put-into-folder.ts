import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { PutResult } from '../blob-store.js';
import type { FolderPlaces } from './folder-places.js';
import type { PutSmall } from './gather-small.js';
import { SMALL_BYTES } from './put-small.js';
import { touch } from './touch.js';

type Written = { readonly sha256: string; readonly size: number } | 'too-large';

/**
 * 1 write into a temporary file while hashing   2 sync the file   3 rename it to its hash   4 sync the folder
 * Content that is there already is not written a second time.
 */
export async function putIntoFolder(
  places: FolderPlaces,
  putSmall: PutSmall,
  content: Readable | Uint8Array,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<PutResult> {
  if (content instanceof Uint8Array && content.byteLength <= SMALL_BYTES) {
    return content.byteLength > maxBytes ? { ok: false, reason: 'too-large' } : putSmall(content);
  }
  const temporary = join(places.temporary, randomUUID());
  const file = await open(temporary, 'wx', 0o600);
  let kept = false;
  try {
    const written = await write(file, content, maxBytes);
    if (written === 'too-large') {
      return { ok: false, reason: 'too-large' };
    }
    const path = places.path(written.sha256);
    if ((await isComplete(path, written.size)) && touch(path)) {
      await places.ensureFolder(dirname(path));
      await places.syncFolder(dirname(path));
    } else {
      await file.datasync();
      await publish(places, temporary, path);
      kept = true;
    }
    return { ok: true, ...written };
  } finally {
    await file.close();
    if (!kept) {
      await rm(temporary, { force: true });
    }
  }
}

async function write(file: FileHandle, content: Readable | Uint8Array, maxBytes: number): Promise<Written> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunksOf(content)) {
    size += chunk.byteLength;
    if (size <= maxBytes) {
      hash.update(chunk);
      await file.write(chunk);
    }
  }
  return size > maxBytes ? 'too-large' : { sha256: hash.digest('hex'), size };
}

async function* chunksOf(content: Readable | Uint8Array): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  for await (const chunk of content as AsyncIterable<Uint8Array | string>) {
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
}

/**
 * A file under its final name was synced before it was renamed, so its presence means that it is whole. Its folder may still
 * wait for the sync of the writer that made it, so whoever finds it present syncs the folder too.
 */
async function isComplete(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.size === size;
}

async function publish(places: FolderPlaces, temporary: string, path: string): Promise<void> {
  const folder = dirname(path);
  await places.ensureFolder(folder);
  await rename(temporary, path);
  await places.syncFolder(folder);
}
