import { withoutEntities } from './html-entities.js';

/** `=?utf-8?B?…?=` and `=?utf-8?Q?…?=` (RFC 2047); what stands between two of them belongs to neither. */
const ENCODED_WORD = /=\?([a-z0-9_-]{2,20})(?:\*[a-z-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=(?:\s+(?==\?))?/gi;
const PERCENT = /(?:%(?:25)*[0-9a-f]{2})+/gi;
/** Each round shortens what is written; nobody encodes so often. */
const MOST_ROUNDS = 8;

/**
 * A text without what programs have left encoded in it: entities of HTML, percent-encoded bytes, encoded words of mail
 * headers. What cannot be decoded stays as it is written.
 */
export function withoutLeftovers(text: string): string {
  let before = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const after = withoutPercent(withoutEncodedWords(withoutEntities(before)));
    if (after === before) {
      break;
    }
    before = after;
  }
  return before;
}

function withoutPercent(text: string): string {
  return text.includes('%')
    ? text.replace(PERCENT, (written) => {
        try {
          return decodeURIComponent(written.replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%'));
        } catch {
          return written;
        }
      })
    : text;
}

function withoutEncodedWords(text: string): string {
  return text.includes('=?')
    ? text.replace(ENCODED_WORD, (written, charset: string, method: string, coded: string) => {
        const bytes = method.toLowerCase() === 'b' ? bytesOfBase64(coded) : bytesOfQuoted(coded);
        return (bytes && decodedAs(charset, bytes)) ?? written;
      })
    : text;
}

function bytesOfBase64(coded: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(coded), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function bytesOfQuoted(coded: string): Uint8Array | null {
  const plain = coded
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  const codes = Array.from(plain, (character) => character.codePointAt(0) ?? 0);
  return codes.every((code) => code < 256) ? Uint8Array.from(codes) : null;
}

function decodedAs(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
