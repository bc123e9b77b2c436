import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import type { BlobStore } from '#libs/blob-store';
import { paceBody } from '#libs/runtime';
import type { FastifyRequest } from 'fastify';
import { ProblemException, unprocessable } from '../http/problem.js';
import { mediaTypeOf, TELLING_BYTES } from './media-type-of.js';

export const MOST_BYTES = 50 * 1024 * 1024;
/** What a form has beside its file. */
const MOST_BESIDE = 64 * 1024;
const FORM = /^multipart\/form-data\s*;/i;

/** A file whose bytes are stored; nothing else is known of it yet. */
export interface ReceivedFile {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** As a form names it; null for a plain body. */
  readonly fileName: string | null;
}

/**
 * Stores the file that a request carries, piece by piece: its body, or the one file of a form (RFC 7578). What breaks off
 * leaves nothing.
 *
 * However long it takes, while it comes at the pace of uploads (408).
 *
 * @throws 413 for more than `MOST_BYTES`, 400 for what does not come whole or is no form, 422 for a form without a file or
 * with several.
 */
export async function receiveUpload(request: FastifyRequest, store: BlobStore): Promise<ReceivedFile> {
  const { body, headers } = request;
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES + MOST_BESIDE) {
    throw tooLarge();
  }
  paceBody(request);
  const content = isUnread(body) ? body : Readable.from([], { objectMode: false });
  const claimed = headers['content-type'] ?? null;
  try {
    return claimed !== null && FORM.test(claimed)
      ? await receiveForm(content, headers as BusboyHeaders, store)
      : await receiveFile(content, { claimed, fileName: null }, store);
  } catch (error) {
    if (request.raw.destroyed && !request.raw.complete) {
      throw brokenOff();
    }
    throw error;
  }
}

function isUnread(body: unknown): body is Readable {
  return body instanceof Readable;
}

async function receiveFile(
  content: Readable,
  { claimed, fileName }: { readonly claimed: string | null; readonly fileName: string | null },
  store: BlobStore,
): Promise<ReceivedFile> {
  const beginning: Buffer[] = [];
  const stored = await store.put(Readable.from(watched(content, beginning), { objectMode: false }), {
    maxBytes: MOST_BYTES,
  });
  if (!stored.ok) {
    throw tooLarge();
  }
  const mediaType = await mediaTypeOf(Buffer.concat(beginning), claimed);
  return { sha256: stored.sha256, size: stored.size, mediaType, fileName };
}

/** Passes pieces on, and keeps the first ones. Leaving it early would destroy the connection that the answer needs. */
async function* watched(content: Readable, beginning: Buffer[]): AsyncGenerator<Buffer> {
  let missing = TELLING_BYTES;
  for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (missing > 0) {
      beginning.push(Buffer.from(chunk.subarray(0, missing)));
      missing -= Math.min(missing, chunk.length);
    }
    yield chunk;
  }
}

async function receiveForm(content: Readable, headers: BusboyHeaders, store: BlobStore): Promise<ReceivedFile> {
  const form = formReader(headers);
  const files: Promise<ReceivedFile>[] = [];
  let isTooMuch = false;
  let current: BusboyFileStream | null = null;
  form.on('file', (_field: string, stream: BusboyFileStream, name: string, _encoding: string, type: string) => {
    current = stream;
    // A form that breaks off tells its file so, also when nobody reads that any more; unheard it would end the process.
    stream.on('error', () => undefined);
    const file = receiveFile(stream, { claimed: type, fileName: formName(name) }, store);
    // It is waited for below, after the form has ended or broken.
    file.catch(() => undefined);
    files.push(file);
  });
  form.on('filesLimit', () => (isTooMuch = true));
  form.on('partsLimit', () => (isTooMuch = true));
  try {
    await pipeline(content, form);
  } catch {
    (current as BusboyFileStream | null)?.destroy(new Error('the form broke off'));
    await Promise.allSettled(files);
    throw new ProblemException({ code: 'malformed-request', detail: 'The form cannot be read, or is not all there.' });
  }
  const received = await Promise.all(files);
  const [file] = received;
  if (file === undefined || isTooMuch) {
    const detail = 'Send a form with one file.';
    throw unprocessable([{ pointer: '', code: 'validation-failed', detail }]);
  }
  return file;
}

/** Browsers write three characters of a name so, and no others (HTML, multipart form data). */
function formName(name: string): string {
  return name.replace(/%22/g, '"').replace(/%0[ad]/gi, ' ');
}

function formReader(headers: BusboyHeaders): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10, fieldSize: 1024, parts: 12, headerPairs: 50, fileSize: MOST_BYTES + 1 },
    } as ConstructorParameters<typeof Busboy>[0]);
  } catch {
    throw new ProblemException({ code: 'malformed-request', detail: 'The form has no boundary.' });
  }
}

function brokenOff(): ProblemException {
  return new ProblemException({
    code: 'malformed-request',
    detail: 'The body ended before all of it was there.',
  });
}

function tooLarge(): ProblemException {
  return new ProblemException({ code: 'body-too-large', detail: `A file may have ${MOST_BYTES} bytes.` });
}
