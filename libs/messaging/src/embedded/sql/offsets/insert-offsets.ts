import type { Client } from 'pg';

/** A group's place in one partition. */
export interface OffsetRow {
  /** Number of the lock that the reader holds. */
  readonly id: number;
  readonly topicId: number;
  readonly partition: number;
}

/** Makes sure that a group has a row for each partition of its topics; resolves them in order. */
export async function insertOffsets(session: Client, group: string, topicIds: readonly number[]): Promise<OffsetRow[]> {
  await session.query(
    `insert into log_offset (group_name, topic_id, partition)
     select $1, topic_id, partition from log_partition where topic_id = any($2::int[])
     order by topic_id, partition
     on conflict do nothing`,
    [group, topicIds],
  );
  const { rows } = await session.query<OffsetRow>(
    `select id, topic_id as "topicId", partition from log_offset
     where group_name = $1 and topic_id = any($2::int[]) order by topic_id, partition`,
    [group, topicIds],
  );
  return rows;
}
