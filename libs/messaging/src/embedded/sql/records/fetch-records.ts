import type { Pool } from 'pg';

import type { LogRecord } from '../../../event-log.js';

export interface FetchPlace {
  readonly topic: string;
  readonly topicId: number;
  readonly partition: number;
}

/** Values of one fetch, in bytes: what a consumer may have to hold in memory for each partition. */
const MAX_FETCH_BYTES = 8_000_000;

const statement = `
  select record_offset, floor(extract(epoch from recorded_at) * 1000)::float8, key, headers, value
  from (
    select *, sum(coalesce(octet_length(value), 0)) over (order by record_offset) - coalesce(octet_length(value), 0)
      as bytes_before
    from (
      select record_offset, recorded_at, key, headers, value from log_record
      where topic_id = $1 and partition = $2 and record_offset >= $3
      order by record_offset limit $4
    ) page
  ) sized
  where bytes_before < ${MAX_FETCH_BYTES}
  order by record_offset`;

type Row = [string, number, Buffer | null, Record<string, string>, Buffer | null];

/** The next records of a partition from `offset` on, in order; fewer than `limit` when they are large. */
export async function fetchRecords(
  pool: Pool,
  { topic, topicId, partition }: FetchPlace,
  offset: bigint,
  limit: number,
): Promise<LogRecord[]> {
  const { rows } = await pool.query<Row>({
    name: 'log-fetch-records',
    text: statement,
    values: [topicId, partition, String(offset), limit],
    rowMode: 'array',
  });
  return rows.map(([recordOffset, milliseconds, key, headers, value]) => ({
    topic,
    partition,
    offset: BigInt(recordOffset),
    timestamp: new Date(milliseconds),
    key: key === null ? null : key.toString('utf8'),
    value,
    headers,
  }));
}
