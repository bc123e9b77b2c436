import type { Queryable } from '../../queryable.js';

/** Forgets all keys of a client. */
export async function deleteClientKeys(client: Queryable, accountId: string, clientId: string): Promise<void> {
  await client.query({
    text: 'delete from api_client_key where account_id = $1 and client_id = $2',
    values: [accountId, clientId],
  });
}
