import { createHash, randomBytes } from 'node:crypto';

/** Every key starts so, which lets secret scanners find one that leaked. */
const PREFIX = 'cwk_';
const KEY_BYTES = 32;

/** A new random key: 256 bits behind the prefix. */
export function generateApiKey(): string {
  return `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** SHA-256 of an API key: keys are long and random, so a slow hash would add nothing. */
export function apiKeyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
