import { createHmac, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 bits: short enough for a local part, too long to guess over mail. */
const SIGNATURE_CHARACTERS = 16;
const ID_CHARACTERS = 26;
/** Lower case on purpose: mail systems fold the case of local parts. */
const TOKEN = /^cw([a-z2-7]{26})([a-z2-7]{16})$/;
const TOKEN_IN_TEXT = /(?<![a-z0-9])cw[a-z2-7]{42}(?![a-z0-9])/gi;

/**
 * A signed name of a case that fits the local part of an address and a Message-ID. It proves that its holder has seen
 * mail of ours about the case, not who the holder is.
 */
export function issueCaseToken(accountId: string, caseId: string, secret: string): string {
  const id = base32(Buffer.from(caseId.replaceAll('-', ''), 'hex')).slice(0, ID_CHARACTERS);
  return `cw${id}${signature(accountId, id, secret)}`;
}

/** The case id of a token that was issued with the secret; null for anything else. Constant-time compare. */
export function verifyCaseToken(accountId: string, token: string, secret: string): string | null {
  const match = TOKEN.exec(token.toLowerCase());
  if (match === null) {
    return null;
  }
  const [, id = '', given = ''] = match;
  const expected = signature(accountId, id, secret);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) {
    return null;
  }
  const hex = unbase32(id).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** What looks like tokens of cases in a text, as it is spelled there; nothing is verified. */
export function caseTokensIn(text: string): string[] {
  return text.match(TOKEN_IN_TEXT) ?? [];
}

function signature(accountId: string, id: string, secret: string): string {
  const digest = createHmac('sha256', secret).update(`case-token\n${accountId}\n${id}`).digest();
  return base32(digest).slice(0, SIGNATURE_CHARACTERS);
}

/** RFC 4648 base32, lower case, without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

function unbase32(text: string): Buffer {
  const bits = [...text].map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
