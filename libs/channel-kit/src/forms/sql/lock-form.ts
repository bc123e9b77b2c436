import type { PoolClient } from 'pg';

/** Until the transaction ends, nobody else counts or adds what the form was sent. */
export async function lockForm(client: PoolClient, accountId: string, form: string): Promise<void> {
  await client.query({
    name: 'lock_form',
    text: `select pg_advisory_xact_lock(hashtextextended('form' || $1 || $2, 0))`,
    values: [accountId, form],
  });
}
