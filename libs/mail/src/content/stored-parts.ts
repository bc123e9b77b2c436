import type { Readable } from 'node:stream';
import { INLINE_BODY_BYTES, type BlobReference } from '#libs/interaction';
import { beginningInBytes } from '../text/clean-text.js';

/** Where the parser puts what it takes out of a mail. */
export interface PartStore {
  /** Rejects with an `Error` when the content could not be made durable. */
  put(content: Buffer | Readable): Promise<{ readonly sha256: string; readonly size: number }>;
}

/** The part store failed: nothing is wrong with the mail, and the delivery must be tried again. */
export class PartStoreFailure extends Error {
  constructor(cause: Error) {
    super(`a part of the mail could not be stored: ${cause.message}`, { cause });
    this.name = 'PartStoreFailure';
  }
}

/** Stores content as a blob of the given media type. */
export async function storePart(
  parts: PartStore,
  content: Buffer | Readable,
  mediaType: string,
): Promise<BlobReference> {
  try {
    const { sha256, size } = await parts.put(content);
    return { sha256, size, mediaType };
  } catch (error) {
    throw new PartStoreFailure(error as Error);
  }
}

/** A text as the record carries it: whole when it is small, else its beginning and a reference to the whole. */
export async function storeText(
  parts: PartStore,
  text: string,
): Promise<{ text: string; textReference: BlobReference | null }> {
  if (Buffer.byteLength(text) <= INLINE_BODY_BYTES) {
    return { text, textReference: null };
  }
  const textReference = await storePart(parts, Buffer.from(text), 'text/plain; charset=utf-8');
  return { text: beginningInBytes(text, INLINE_BODY_BYTES), textReference };
}

/** HTML as the record carries it: whole when it is small, else by reference. Empty HTML is none. */
export async function storeHtml(
  parts: PartStore,
  html: string,
): Promise<{ html: string | null; htmlReference: BlobReference | null }> {
  if (Buffer.byteLength(html) <= INLINE_BODY_BYTES) {
    return { html: html === '' ? null : html, htmlReference: null };
  }
  return { html: null, htmlReference: await storePart(parts, Buffer.from(html), 'text/html; charset=utf-8') };
}
