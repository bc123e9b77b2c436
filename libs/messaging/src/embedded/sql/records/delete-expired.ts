import type { Pool } from 'pg';

/** Deletes at most `limit` of the oldest records of a partition that are older than the retention; resolves how many. */
export async function deleteExpired(
  pool: Pool,
  place: { readonly topicId: number; readonly partition: number },
  retentionMs: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from log_record where topic_id = $1 and partition = $2 and record_offset <= (
       select max(record_offset) from (
         select record_offset, recorded_at from log_record
         where topic_id = $1 and partition = $2 order by record_offset limit $4
       ) oldest
       where recorded_at < now() - $3 * interval '1 millisecond'
     )`,
    [place.topicId, place.partition, retentionMs, limit],
  );
  return rowCount ?? 0;
}
