import type { Pool } from 'pg';
import type { RecordRemoval } from '../../../event-log.js';

/** Looked through in one statement, so that no transaction stays open for long. */
const SPAN = 5_000;

/** Deletes the records that a removal names, a span of offsets at a time, and returns how many. */
export async function deleteMatching(pool: Pool, removal: RecordRemoval, signal: AbortSignal): Promise<number> {
  const { rows: places } = await pool.query<{ topicId: number; partition: number; first: string; last: string }>(
    `select p.topic_id as "topicId", p.partition, coalesce(min(r.record_offset), 0)::text as first,
       coalesce(max(r.record_offset) filter (where o.id is null or r.record_offset < coalesce(o.next_offset, 0)), -1)::text
         as last
     from log_partition p
     join log_topic t on t.id = p.topic_id
     join log_record r on r.topic_id = p.topic_id and r.partition = p.partition
     left join log_offset o on o.topic_id = p.topic_id and o.partition = p.partition and o.group_name = $1
     group by p.topic_id, p.partition`,
    [removal.readBy],
  );
  let removed = 0;
  for (const { topicId, partition, first, last } of places) {
    for (let from = BigInt(first); from <= BigInt(last) && !signal.aborted; from += BigInt(SPAN)) {
      const until = from + BigInt(SPAN) - 1n < BigInt(last) ? from + BigInt(SPAN) - 1n : BigInt(last);
      removed += await deleteSpan(pool, { topicId, partition, from, until }, removal);
    }
  }
  return removed;
}

async function deleteSpan(
  pool: Pool,
  span: { readonly topicId: number; readonly partition: number; readonly from: bigint; readonly until: bigint },
  { says, subjects, subjectSays }: RecordRemoval,
): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from log_record r
     where r.topic_id = $1 and r.partition = $2 and r.record_offset between $3 and $4
       and (
         concat_ws(E'\\n', convert_from(r.key, 'utf8'), r.headers) ~* $5
         or replace(encode(coalesce(r.value, ''), 'escape'), '\\000', '') ~* $5
         or r.headers ->> 'ce_subject' = any ($6::text[]) and encode(coalesce(r.value, ''), 'escape') ~* $7
       )`,
    [span.topicId, span.partition, span.from, span.until, says, subjects, subjectSays],
  );
  return rowCount ?? 0;
}
