import { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import { SOUND_BEGINNING_BYTES, soundTypeOf, type StoredSound } from '#libs/channel-kit';
import type { FetchFailure } from './judge-status.js';
import { StoreFailure } from './store-failure.js';

/** It went on beyond what is allowed. */
class TooLarge extends Error {}

/**
 * Looks at the beginning, then has the whole of it stored. Nothing that is no sound, or too large, gets into the store.
 * Rejects when the source breaks, and with `StoreFailure` when the store does.
 */
export async function storeSound(
  source: Readable,
  maxBytes: number,
  blobs: Pick<BlobStore, 'put'>,
): Promise<FetchFailure | { readonly end: 'stored'; readonly content: StoredSound }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  const beginning = await readBeginning(chunks);
  if (beginning.length === 0) {
    return { end: 'again', reason: 'empty', retryAfterMs: null };
  }
  const mediaType = soundTypeOf(beginning);
  if (mediaType === null) {
    return { end: 'failed', failure: 'not_audio' };
  }
  let sourceFailure: Error | null = null;
  const counted = Readable.from(countBytes(beginning, chunks, maxBytes, (error) => (sourceFailure = error)));
  try {
    const stored = await blobs.put(counted);
    return stored.ok
      ? { end: 'stored', content: { sha256: stored.sha256, size: stored.size, mediaType } }
      : { end: 'failed', failure: 'too_large' };
  } catch (error) {
    const failure = sourceFailure as Error | null;
    if (failure instanceof TooLarge) {
      return { end: 'failed', failure: 'too_large' };
    }
    throw failure ?? new StoreFailure('the sound could not be stored', { cause: error });
  }
}

async function readBeginning(chunks: AsyncIterator<Buffer, undefined>): Promise<Buffer> {
  let beginning: Buffer = Buffer.alloc(0);
  while (beginning.length < SOUND_BEGINNING_BYTES) {
    const { done, value } = await chunks.next();
    if (done === true) {
      break;
    }
    beginning = Buffer.concat([beginning, value]);
  }
  return beginning;
}

async function* countBytes(
  beginning: Buffer,
  chunks: AsyncIterator<Buffer, undefined>,
  maxBytes: number,
  onFailure: (error: Error) => void,
): AsyncGenerator<Buffer> {
  try {
    let size = 0;
    for (let chunk = beginning; ;) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new TooLarge();
      }
      yield chunk;
      const { done, value } = await chunks.next();
      if (done === true) {
        return;
      }
      chunk = value;
    }
  } catch (error) {
    onFailure(error instanceof Error ? error : new Error('the source broke'));
    throw error;
  }
}
