import { createHash } from 'node:crypto';

/** SHA-256 of an API key: keys are long and random, so a slow hash would add nothing. */
export function apiKeyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
