import type { Pool } from 'pg';

/** Deletes at most `limit` tombstones that every reader has had `graceMs` to see; resolves how many. */
export async function deleteTombstones(pool: Pool, topicId: number, graceMs: number, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from log_record r using (
       select topic_id, partition, record_offset from log_record
       where topic_id = $1 and is_compacted and value is null
         and recorded_at < now() - $2 * interval '1 millisecond'
       limit $3
     ) old
     join log_partition p using (topic_id, partition)
     where r.topic_id = old.topic_id and r.partition = old.partition and r.record_offset = old.record_offset
       -- what is older has gone already, so no earlier state of the key can come back
       and r.record_offset < p.compacted_to`,
    [topicId, graceMs, limit],
  );
  return rowCount ?? 0;
}
