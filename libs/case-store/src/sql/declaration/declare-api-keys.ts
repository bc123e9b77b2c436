import { createHash } from 'node:crypto';
import type { Queryable } from '../../queryable.js';
import type { DeclaredApiKey } from './declaration.js';

/** SHA-256 of an API key: keys are long and random, so a slow hash would add nothing. */
export function apiKeyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Upserts the keys by name; only their hashes are kept. */
export async function declareApiKeys(
  client: Queryable,
  accountId: string,
  keys: readonly DeclaredApiKey[],
): Promise<void> {
  await client.query({
    text: `
      insert into api_key (account_id, name, key_hash, scopes)
      select $1, name, key_hash, scopes::text[]
      from unnest($2::text[], $3::bytea[], $4::text[]) as given (name, key_hash, scopes)
      on conflict (account_id, name) do update set key_hash = excluded.key_hash, scopes = excluded.scopes`,
    values: [
      accountId,
      keys.map((key) => key.name),
      keys.map((key) => apiKeyHash(key.key)),
      keys.map((key) => `{${key.scopes.map((scope) => JSON.stringify(scope)).join(',')}}`),
    ],
  });
}
