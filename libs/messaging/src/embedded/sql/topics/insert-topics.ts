import type { Pool } from 'pg';

import type { TopicSpecification } from '../../../event-log.js';

/** Creates the topics that are missing, with their partitions; present ones stay as they are. */
export async function insertTopics(pool: Pool, specifications: readonly TopicSpecification[]): Promise<void> {
  await pool.query(
    `with created as (
      insert into log_topic (name, partitions, is_compacted, retention_ms, max_message_bytes)
      select * from unnest($1::text[], $2::int[], $3::bool[], $4::bigint[], $5::int[])
      on conflict (name) do nothing
      returning id, partitions
    )
    insert into log_partition (topic_id, partition)
    select id, partition from created, generate_series(0, partitions - 1) as partition`,
    [
      specifications.map(({ name }) => name),
      specifications.map(({ partitions }) => partitions),
      specifications.map(({ cleanup }) => cleanup === 'compact'),
      specifications.map(({ retentionMs }) => retentionMs),
      specifications.map(({ maxMessageBytes }) => maxMessageBytes),
    ],
  );
}
