import type { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { openBlobStore } from '#libs/blob-store';
import type { BlobReference } from '#libs/interaction';
import { parseHeaderOnly, parseMail, sourceOfBytes, storePart, type MailSource } from '#libs/mail';
import {
  WORKER_READY,
  type ParseInput,
  type ParseRequest,
  type ParseResponse,
  type ParseWorkerSettings,
} from './parse-protocol.js';
import { partStoreOf } from './part-store-of.js';

/**
 * Entry of a worker thread: mails in, payloads out. It ends with its process; the pool limits its time.
 *
 * It stores the mail as well as its parts. Measured (docs/decisions/0013): the processor time is the same as when the main
 * thread stores the mail, but that thread, which fetches and publishes, is busy for a quarter of the time.
 */
const settings = workerData as ParseWorkerSettings;
const blobs = await openBlobStore(settings.blobAddress);
const parts = partStoreOf(blobs);

let answers: ParseResponse[] = [];

parentPort?.on('message', (requests: readonly ParseRequest[]) => {
  for (const request of requests) {
    void answer(request).then(send);
  }
});

parentPort?.postMessage(WORKER_READY);

/** Mails that were stored together are answered together. */
function send(response: ParseResponse): void {
  answers.push(response);
  if (answers.length === 1) {
    setImmediate(() => {
      parentPort?.postMessage(answers);
      answers = [];
    });
  }
}

async function answer({ id, input, headerOnlyFlag }: ParseRequest): Promise<ParseResponse> {
  const source = sourceOf(input);
  try {
    const parsing = headerOnlyFlag === null ? parseMail(source, parts) : parseHeaderOnly(source, parts, headerOnlyFlag);
    const [payload, raw] = await Promise.all([parsing, storeRaw(input)]);
    return { id, ok: true, payload, raw };
  } catch (error) {
    // The runtime, which knows more of errors, would be loaded into each thread.
    return { id, ok: false, error: (error as Error).message };
  }
}

const MEDIA_TYPE = 'message/rfc822';

/** What is stored already stays where it is. */
async function storeRaw(input: ParseInput): Promise<BlobReference> {
  return 'bytes' in input
    ? storePart(parts, bytesOf(input.bytes), MEDIA_TYPE)
    : { sha256: input.sha256, size: input.size, mediaType: MEDIA_TYPE };
}

function sourceOf(input: ParseInput): MailSource {
  return 'bytes' in input
    ? sourceOfBytes(bytesOf(input.bytes))
    : { size: input.size, bytes: null, open: () => openStored(input.sha256) };
}

/** What came by message is no `Buffer` any more; the memory is the same. */
function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function openStored(sha256: string): Promise<Readable> {
  const content = await blobs.get(sha256);
  if (content === null) {
    throw new Error(`the stored mail ${sha256} is gone`);
  }
  return content;
}
