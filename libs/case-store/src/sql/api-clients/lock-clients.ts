import type { Queryable } from '../../queryable.js';

/**
 * Lets nobody else change the clients of the account until the transaction ends: they change seldom, and names, numbers
 * of keys and versions are easily kept right in that way.
 */
export async function lockClients(client: Queryable, accountId: string): Promise<void> {
  await client.query({
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [JSON.stringify(['api clients', accountId])],
  });
}
