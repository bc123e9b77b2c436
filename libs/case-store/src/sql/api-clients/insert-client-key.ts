import type { Queryable } from '../../queryable.js';

/** Keeps a key of a client by its SHA-256. */
export async function insertClientKey(
  client: Queryable,
  key: { readonly accountId: string; readonly clientId: string; readonly keyHash: Buffer },
): Promise<void> {
  await client.query({
    text: 'insert into api_client_key (key_hash, account_id, client_id) values ($1, $2, $3)',
    values: [key.keyHash, key.accountId, key.clientId],
  });
}
