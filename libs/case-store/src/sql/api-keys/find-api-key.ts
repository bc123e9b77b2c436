import type { Queryable } from '../../queryable.js';

/** A key that may be used now. */
export interface ApiKeyView {
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly keyHash: Buffer;
}

const TEXT = `
  select account_id as "accountId", name, scopes, key_hash as "keyHash"
  from api_key
  where key_hash = $1 and revoked_at is null`;

/** The key with the SHA-256; null when it is unknown or revoked. */
export async function findApiKey(client: Queryable, keyHash: Buffer): Promise<ApiKeyView | null> {
  const result = await client.query<ApiKeyView>(TEXT, [keyHash]);
  return result.rows[0] ?? null;
}
