import type { Client } from 'pg';

import { lockSpaces } from '../../lock-spaces.js';

export interface LockedPartition {
  readonly id: number;
  /** Next offset to read. */
  readonly position: bigint;
}

/**
 * Takes those of the partitions that nobody reads now; resolves where each was left.
 * The offsets are read by a second statement: one that began before the lock might see an older value.
 */
export async function lockPartitions(session: Client, offsetIds: readonly number[]): Promise<LockedPartition[]> {
  const locked = await session.query<{ id: number }>({
    name: 'log-lock-partitions',
    text: 'select id from unnest($2::int[]) as id where pg_try_advisory_lock($1, id)',
    values: [lockSpaces.partition, offsetIds],
  });
  const { rows } = await session.query<{ id: number; position: string }>({
    name: 'log-load-positions',
    text: 'select id, coalesce(next_offset, 0) as position from log_offset where id = any($1::int[])',
    values: [locked.rows.map(({ id }) => id)],
  });
  return rows.map(({ id, position }) => ({ id, position: BigInt(position) }));
}
