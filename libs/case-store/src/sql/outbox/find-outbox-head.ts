import { rowsOf, type Queryable } from '../../queryable.js';

/** The row that the relay has to bring into the log next. */
export interface OutboxHead {
  readonly id: string;
  readonly ageSeconds: number;
}

/** The oldest row of the outbox; null: nothing waits. */
export async function findOutboxHead(client: Queryable): Promise<OutboxHead | null> {
  const rows = await rowsOf<OutboxHead>(client, {
    name: 'find_outbox_head',
    text: `
      select id, extract(epoch from now() - created_at)::float8 as "ageSeconds"
      from outbox
      order by id
      limit 1`,
  });
  return rows[0] ?? null;
}
