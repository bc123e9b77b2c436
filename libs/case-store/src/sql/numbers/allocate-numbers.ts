import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * Hands out `count` case numbers and returns the first. Must run on a connection of its own, outside of the batch's
 * transaction: the counter is locked for an instant and not until the batch commits. It need not wait for the disk,
 * because its commit stands in the write-ahead log before that of the cases; a crash only leaves a gap.
 */
export async function allocateNumbers(pool: Queryable, accountId: string, count: number): Promise<bigint> {
  const rows = await rowsOf<{ first: string }>(pool, {
    name: 'allocate_numbers',
    text: `
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
      insert into case_number_counter as counter (account_id, next_number)
      select $1::uuid, 1 + $2::bigint from relaxed
      on conflict (account_id) do update set next_number = counter.next_number + $2::bigint
      returning next_number - $2::bigint as first`,
    values: [accountId, count],
  });
  return BigInt(rows[0]?.first ?? 1);
}
