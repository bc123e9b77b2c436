import type { Queryable } from '../../queryable.js';

/** Deletes what the delivery log has had for 14 days, at most `limit` rows; says how many. */
export async function deleteOldDeliveries(client: Queryable, limit: number): Promise<number> {
  const { rowCount } = await client.query({
    name: 'delete_old_deliveries',
    text: `
      delete from delivery
      where ctid in (select ctid from delivery where received_at < now() - interval '14 days' limit $1)`,
    values: [limit],
  });
  return rowCount ?? 0;
}
