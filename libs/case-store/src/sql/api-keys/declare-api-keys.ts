import type { Queryable } from '../../queryable.js';

/** A key by its SHA-256. */
export interface ApiKeyRow {
  readonly name: string;
  readonly keyHash: Buffer;
  readonly scopes: readonly string[];
}

/** Upserts the keys by name; only their hashes are kept. */
export async function declareApiKeys(client: Queryable, accountId: string, keys: readonly ApiKeyRow[]): Promise<void> {
  await client.query({
    text: `
      insert into api_key (account_id, name, key_hash, scopes)
      select $1, name, key_hash, scopes::text[]
      from unnest($2::text[], $3::bytea[], $4::text[]) as given (name, key_hash, scopes)
      on conflict (account_id, name) do update set key_hash = excluded.key_hash, scopes = excluded.scopes`,
    values: [
      accountId,
      keys.map((key) => key.name),
      keys.map((key) => key.keyHash),
      keys.map((key) => `{${key.scopes.map((scope) => JSON.stringify(scope)).join(',')}}`),
    ],
  });
}
