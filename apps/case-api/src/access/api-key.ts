import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { apiKeyHash, upsertApiKey } from '#libs/case-store';

/** Every key starts so, which lets secret scanners find one that leaked. */
const PREFIX = 'cwk_';
const KEY_BYTES = 32;

/** A new random key: 256 bits behind the prefix. */
export function generateApiKey(): string {
  return `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** Makes a key for the account and returns it; only its hash is kept, so this is the one time that it can be read. */
export async function createApiKey(
  pool: Pool,
  key: { readonly accountId: string; readonly name: string; readonly scopes: readonly string[] },
): Promise<string> {
  const secret = generateApiKey();
  await upsertApiKey(pool, { ...key, keyHash: apiKeyHash(secret) });
  return secret;
}
