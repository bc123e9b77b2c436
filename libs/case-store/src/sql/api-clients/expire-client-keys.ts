import type { Queryable } from '../../queryable.js';

/** Ends the keys of a client that have no end yet in so many hours; those whose end has come are forgotten. */
export async function expireClientKeys(
  client: Queryable,
  { accountId, clientId, hours }: { readonly accountId: string; readonly clientId: string; readonly hours: number },
): Promise<void> {
  await client.query({
    text: `
      with gone as (
        delete from api_client_key where account_id = $1 and client_id = $2 and expires_at <= now()
      )
      update api_client_key set expires_at = now() + make_interval(hours => $3)
      where account_id = $1 and client_id = $2 and expires_at is null`,
    values: [accountId, clientId, hours],
  });
}
