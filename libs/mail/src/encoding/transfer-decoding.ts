import { decodeUu } from './uu-decoding.js';

const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A part's content without its Content-Transfer-Encoding (RFC 2045 §6); an unknown one is none. */
export function decodeTransfer(content: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
    case 'b':
      return decodeBase64(content);
    case 'quoted-printable':
    case 'q':
      return decodeQuotedPrintable(content, true);
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
      return decodeUu(content)?.content ?? content;
    default:
      return content;
  }
}

/**
 * Base64 as it is sent: foreign characters skipped, padding missing. Padding ends it (RFC 2045 §6.8), unless whole pieces
 * follow that were encoded one by one.
 */
export function decodeBase64(content: Buffer): Buffer {
  const text = content.toString('latin1');
  const padding = text.indexOf('=');
  if (padding === -1 || padding >= text.length - 4) {
    return Buffer.from(text, 'base64');
  }
  const decoded: Buffer[] = [];
  for (const piece of text.match(/[^=]+=*/g)?.slice(0, MOST_PIECES) ?? []) {
    const isWhole = piece.replace(/[^A-Za-z0-9+/=_-]/g, '').length % 4 === 0;
    if (decoded.length > 0 && !isWhole) {
      break;
    }
    decoded.push(Buffer.from(piece, 'base64'));
  }
  return Buffer.concat(decoded);
}

/** More pieces are noise. */
const MOST_PIECES = 100_000;

/**
 * Quoted-printable (RFC 2045 §6.7), in one pass. A `=` that is not followed by two hexadecimal digits or a line end
 * stays as it is. Blanks at the end of a line were added on the way and are left out where `lines` count.
 */
export function decodeQuotedPrintable(content: Buffer, lines: boolean): Buffer {
  if (!content.includes(EQUALS)) {
    return content;
  }
  const out = Buffer.allocUnsafe(content.length);
  let length = 0;
  /** What is written up to here does not change any more. */
  let solid = 0;
  let at = 0;
  while (at < content.length) {
    const byte = content[at] ?? 0;
    if (byte !== EQUALS && byte !== LINE_FEED) {
      out[length++] = byte;
      at += 1;
    } else if (byte === LINE_FEED) {
      length = lines ? endLine(out, solid, length) : length;
      out[length++] = byte;
      solid = length;
      at += 1;
    } else {
      const value = hexadecimal(content[at + 1]) * 16 + hexadecimal(content[at + 2]);
      const next = value >= 0 ? at + 3 : lines ? softBreak(content, at + 1) : -1;
      if (next === -1) {
        out[length++] = byte;
      } else if (value >= 0) {
        out[length++] = value;
      }
      solid = length;
      at = next === -1 ? at + 1 : next;
    }
  }
  return out.subarray(0, length);
}

/** Drops the blanks before a line end, as far as they are not solid, and returns the new length. */
function endLine(out: Buffer, solid: number, length: number): number {
  const hasReturn = length > solid && out[length - 1] === CARRIAGE_RETURN;
  let end = hasReturn ? length - 1 : length;
  while (end > solid && (out[end - 1] === 0x20 || out[end - 1] === 0x09)) {
    end -= 1;
  }
  if (hasReturn) {
    out[end++] = CARRIAGE_RETURN;
  }
  return end;
}

/** Where the line after a soft line break starts; -1 when there is none. */
function softBreak(content: Buffer, from: number): number {
  let at = from;
  while (content[at] === 0x20 || content[at] === 0x09) {
    at += 1;
  }
  if (at >= content.length) {
    return at;
  }
  if (content[at] === CARRIAGE_RETURN) {
    return content[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }
  return content[at] === LINE_FEED ? at + 1 : -1;
}

const NO_DIGIT = -1000;

function hexadecimal(byte: number | undefined): number {
  if (byte === undefined) {
    return NO_DIGIT;
  }
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NO_DIGIT;
}
