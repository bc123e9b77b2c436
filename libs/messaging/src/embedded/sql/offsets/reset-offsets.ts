import type { Pool } from 'pg';

/** Sets a group back to the first record of each topic. */
export async function resetOffsets(pool: Pool, group: string, topics: readonly string[]): Promise<void> {
  await pool.query(
    `insert into log_offset (group_name, topic_id, partition, next_offset)
     select $1, topic_id, partition, 0 from log_partition join log_topic on log_topic.id = topic_id
     where name = any($2::text[])
     on conflict (group_name, topic_id, partition) do update set next_offset = 0`,
    [group, topics],
  );
}
