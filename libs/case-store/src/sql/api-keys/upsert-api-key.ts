import type { Queryable } from '../../queryable.js';

const TEXT = `
  insert into api_key (account_id, name, key_hash, scopes) values ($1, $2, $3, $4)
  on conflict (account_id, name) do update
    set key_hash = excluded.key_hash, scopes = excluded.scopes, revoked_at = null`;

/** Keeps a key by its SHA-256; a key of the same name is replaced, and what it was stops working. */
export async function upsertApiKey(
  client: Queryable,
  key: {
    readonly accountId: string;
    readonly name: string;
    readonly keyHash: Buffer;
    readonly scopes: readonly string[];
  },
): Promise<void> {
  await client.query(TEXT, [key.accountId, key.name, key.keyHash, key.scopes]);
}
