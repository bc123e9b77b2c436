import type { Pool } from 'pg';

import type { PartitionLag } from '../../../event-log.js';

/** Per partition: how far a group is and how far the topic goes. What was trimmed away is not behind any more. */
export async function loadLag(pool: Pool, group: string, topics: readonly string[]): Promise<PartitionLag[]> {
  const { rows } = await pool.query<[string, number, string | null, string, string | null]>({
    text: `select t.name, p.partition, o.next_offset, p.next_offset,
        (select min(record_offset) from log_record r where r.topic_id = t.id and r.partition = p.partition)
      from log_topic t
      join log_partition p on p.topic_id = t.id
      left join log_offset o on o.group_name = $1 and o.topic_id = t.id and o.partition = p.partition
      where t.name = any($2::text[])
      order by t.name, p.partition`,
    values: [group, topics],
    rowMode: 'array',
  });
  return rows.map(([topic, partition, committedText, endText, firstText]) => {
    const committed = committedText === null ? null : BigInt(committedText);
    const end = BigInt(endText);
    const first = firstText === null ? end : BigInt(firstText);
    const position = committed !== null && committed > first ? committed : first;
    return { topic, partition, committed, end, lag: end > position ? end - position : 0n };
  });
}
