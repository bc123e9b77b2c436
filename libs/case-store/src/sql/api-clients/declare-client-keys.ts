import type { Queryable } from '../../queryable.js';

/** The one key of a declared client, by its SHA-256. */
export interface DeclaredClientKey {
  readonly name: string;
  readonly keyHash: Buffer;
}

/** Gives each client, which exists, this key and no other; a key that had another owner changes hands. */
export async function declareClientKeys(
  client: Queryable,
  accountId: string,
  keys: readonly DeclaredClientKey[],
): Promise<void> {
  const columns = [keys.map(({ name }) => name), keys.map(({ keyHash }) => keyHash)];
  await client.query({
    text: `
      with given as (
        select api_client.id as client_id, wanted.key_hash
        from unnest($2::text[], $3::bytea[]) as wanted (name, key_hash)
        join api_client on api_client.account_id = $1 and api_client.name = wanted.name
      ), gone as (
        delete from api_client_key using given
        where api_client_key.account_id = $1 and api_client_key.client_id = given.client_id
          and api_client_key.key_hash <> all (select key_hash from given)
      )
      insert into api_client_key (key_hash, account_id, client_id)
      select key_hash, $1, client_id from given
      on conflict (key_hash) do update set
        account_id = excluded.account_id, client_id = excluded.client_id, expires_at = null`,
    values: [accountId, ...columns],
  });
}
