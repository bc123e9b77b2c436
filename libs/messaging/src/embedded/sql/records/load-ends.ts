import type { Pool } from 'pg';

export interface PartitionEnd {
  readonly topicId: number;
  readonly partition: number;
  /** Offset that the next record will get. */
  readonly end: bigint;
}

/** The present ends of all partitions of some topics. */
export async function loadEnds(pool: Pool, topicIds: readonly number[]): Promise<PartitionEnd[]> {
  const { rows } = await pool.query<[number, number, string]>({
    name: 'log-load-ends',
    text: `select topic_id, partition, next_offset from log_partition
      where topic_id = any($1::int[]) order by topic_id, partition`,
    values: [topicIds],
    rowMode: 'array',
  });
  return rows.map(([topicId, partition, end]) => ({ topicId, partition, end: BigInt(end) }));
}
