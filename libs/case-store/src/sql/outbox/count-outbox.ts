import { rowsOf, type Queryable } from '../../queryable.js';

/** How many records wait for the relay, and for how many seconds the oldest has. */
export async function countOutbox(client: Queryable): Promise<{ records: number; oldestSeconds: number }> {
  const rows = await rowsOf<{ records: number; oldestSeconds: number }>(client, {
    text: `
      select
        coalesce(sum(record_count), 0)::float8 as records,
        coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestSeconds"
      from outbox`,
  });
  return rows[0] ?? { records: 0, oldestSeconds: 0 };
}
