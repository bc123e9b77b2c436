import type { Queryable } from '../../queryable.js';

/** Deletes answers that no longer count, at most `limit` of them; says how many. Others may delete at the same time. */
export async function deleteOldAnswers(client: Queryable, limit: number): Promise<number> {
  const { rowCount } = await client.query({
    name: 'delete_old_answers',
    text: `
      delete from idempotency_key
      where (account_id, client_id, key) in (
        select account_id, client_id, key
        from idempotency_key
        where created_at <= now() - interval '24 hours'
        order by created_at
        limit $1
        for update skip locked
      )`,
    values: [limit],
  });
  return rowCount ?? 0;
}
