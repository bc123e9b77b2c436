import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of the signature: enough that nobody guesses one online. */
const SIGNATURE_BYTES = 16;
const LONGEST_CURSOR = 1000;

/** What a cursor may be used for: it is worth nothing in another account, list or filter. */
export interface CursorBinding {
  readonly accountId: string;
  readonly list: string;
  readonly filter: unknown;
}

/** A position as opaque, signed text for the next request. */
export function writeCursor(secret: Buffer, binding: CursorBinding, position: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${body}.${signature(secret, binding, body).toString('base64url')}`;
}

/** The position of a cursor of ours; null for any other text, also one of another account, list or filter. */
export function readCursor(secret: Buffer, binding: CursorBinding, cursor: string): readonly string[] | null {
  const [body = '', given = '', ...rest] = cursor.slice(0, LONGEST_CURSOR).split('.');
  const signed = Buffer.from(given, 'base64url');
  if (rest.length > 0 || signed.length !== SIGNATURE_BYTES) {
    return null;
  }
  if (!timingSafeEqual(signed, signature(secret, binding, body))) {
    return null;
  }
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as string[];
}

function signature(secret: Buffer, binding: CursorBinding, body: string): Buffer {
  const bound = JSON.stringify([binding.accountId, binding.list, binding.filter, body]);
  return createHmac('sha256', secret).update(bound).digest().subarray(0, SIGNATURE_BYTES);
}
