import type { BlobStore } from '#libs/blob-store';
import type { StoredSound } from '#libs/channel-kit';
import type { Transcript } from '#libs/interaction';
import type { TranscriptionEngine } from '../recording-connection.js';
import { readTranscript } from './read-transcript.js';

export type TranscribeEnd =
  | { readonly end: 'completed'; readonly transcript: Omit<Transcript, 'recordingId'> }
  | { readonly end: 'failed'; readonly failure: string }
  | { readonly end: 'again'; readonly reason: string };

export interface TranscribeTools {
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly engine: TranscriptionEngine;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** What engines take at most. */
const MOST_SOUND_BYTES = 25 * 1024 * 1024;
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'audio/mp4': 'mp4',
  'audio/amr': 'amr',
  'audio/flac': 'flac',
  'audio/basic': 'au',
};

/**
 * One attempt to have a sound written down: `POST {url}/audio/transcriptions` in OpenAI's form, with `verbose_json`.
 * Rejects when our own store fails, or on `stop`.
 */
export async function askEngine(sound: StoredSound, tools: TranscribeTools, stop: AbortSignal): Promise<TranscribeEnd> {
  if (sound.size > MOST_SOUND_BYTES) {
    return { end: 'failed', failure: 'too_large' };
  }
  const bytes = await readSound(sound, tools.blobs);
  if (bytes === null) {
    return { end: 'failed', failure: 'content_gone' };
  }
  const { url, model, apiKey } = tools.engine;
  const form = new FormData();
  form.set(
    'file',
    new Blob([new Uint8Array(bytes)], { type: sound.mediaType }),
    `sound.${ENDINGS[sound.mediaType] ?? 'bin'}`,
  );
  form.set('model', model);
  form.set('response_format', 'verbose_json');
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/audio/transcriptions`, {
      method: 'POST',
      headers: { accept: 'application/json', ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }) },
      body: form,
      // Customers' voices go to the address that was configured and to no other.
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(tools.timeoutMs)]),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { end: 'again', reason: `http_${response.status}` };
    }
    const transcript = readTranscript(await readBounded(response), model);
    return transcript === null ? { end: 'again', reason: 'unreadable' } : { end: 'completed', transcript };
  } catch (error) {
    if (stop.aborted) {
      throw error;
    }
    return { end: 'again', reason: (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable' };
  }
}

async function readSound({ sha256 }: StoredSound, blobs: Pick<BlobStore, 'get'>): Promise<Buffer | null> {
  const stored = await blobs.get(sha256);
  if (stored === null) {
    return null;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stored as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) {
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
