import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import { type EmailPayload, type MailSource, parseHeaderOnly, parseMail } from '#libs/mail';
import {
  WORKER_READY,
  type ParseInput,
  type ParseRequest,
  type ParseResponse,
  type ParseResult,
  type ParseWorkerSettings,
} from './parse-protocol.js';
import { partStoreOf } from './part-store-of.js';

/** Entry of a worker thread: mail in, payloads out. It ends with its process; the pool limits its time. */
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

async function answer(request: ParseRequest): Promise<ParseResponse> {
  try {
    const [payload, raw] = await Promise.all([parse(request), keepRaw(request)]);
    return { id: request.id, ok: true, payload, raw };
  } catch (error) {
    return { id: request.id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

async function keepRaw({ input, keepRaw: isWanted }: ParseRequest): Promise<ParseResult['raw']> {
  return isWanted && 'bytes' in input ? parts.put(bytesOf(input.bytes)) : null;
}

function parse({ input, headerOnlyFlag }: ParseRequest): Promise<EmailPayload> {
  const source = sourceOf(input, blobs);
  return headerOnlyFlag === null ? parseMail(source, parts) : parseHeaderOnly(source, parts, headerOnlyFlag);
}

function sourceOf(input: ParseInput, store: BlobStore): MailSource {
  if ('bytes' in input) {
    const bytes = bytesOf(input.bytes);
    return { size: bytes.length, bytes, open: async () => Readable.from([bytes]) };
  }
  return { size: input.size, bytes: null, open: () => openStored(store, input.sha256) };
}

/** What came by message is no `Buffer` any more; the memory is the same. */
function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function openStored(store: BlobStore, sha256: string): Promise<Readable> {
  const content = await store.get(sha256);
  if (content === null) {
    throw new Error(`the stored mail ${sha256} is gone`);
  }
  return content;
}
