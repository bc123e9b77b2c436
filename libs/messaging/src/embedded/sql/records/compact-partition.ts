import type { Pool } from 'pg';

/**
 * Compacts the next `limit` offsets of a partition: of each key that was written there, everything older goes.
 * Resolves whether there may be more to do.
 */
export async function compactPartition(
  pool: Pool,
  place: { readonly topicId: number; readonly partition: number },
  limit: number,
): Promise<boolean> {
  const { rows } = await pool.query<{ more: boolean }>(
    `with span as (
      select compacted_to as first, least(next_offset, compacted_to + $3) as last, next_offset
      from log_partition where topic_id = $1 and partition = $2
    ), latest as (
      select key, max(record_offset) as record_offset from log_record, span
      where topic_id = $1 and partition = $2 and key is not null
        and record_offset >= span.first and record_offset < span.last
      group by key
    ), superseded as (
      delete from log_record old using latest
      where old.topic_id = $1 and old.partition = $2 and old.is_compacted
        and md5(old.key) = md5(latest.key) and old.key = latest.key and old.record_offset < latest.record_offset
    )
    update log_partition p set compacted_to = span.last from span
    where p.topic_id = $1 and p.partition = $2 and p.compacted_to < span.last
    returning span.last < span.next_offset as more`,
    [place.topicId, place.partition, limit],
  );
  return rows[0]?.more ?? false;
}
