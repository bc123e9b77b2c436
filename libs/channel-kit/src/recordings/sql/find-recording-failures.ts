import type { Pool } from 'pg';
import type { RecordingFinding } from '../recording-job.js';

interface Row {
  readonly connection: string;
  readonly failure: string;
  readonly host: string | null;
  readonly count: number;
  readonly last_at: Date;
  readonly is_over: boolean;
}

/** What went wrong with recordings in the last days, the most frequent first. */
export async function findRecordingFailures(pool: Pool, accountId: string, days: number): Promise<RecordingFinding[]> {
  const { rows } = await pool.query<Row>({
    name: 'recording-find-failures',
    text: `
      with ended as (
        select connection, status = 'available' as fetched, coalesce(failure, status) as failure, host,
          count(*)::int as count, max(ended_at) as last_at
        from recording_end
        where account_id = $1 and task = 'fetch' and ended_at > clock_timestamp() - $2 * interval '1 day'
        group by connection, status, coalesce(failure, status), host
      )
      select connection, failure, host, count, last_at, exists (
        select from ended later
        where later.fetched and later.connection = ended.connection and later.last_at > ended.last_at
          and (ended.failure = 'auth' or later.host = ended.host)
      ) as is_over
      from ended
      where not fetched
      order by count desc, connection, failure, host
      limit 100`,
    values: [accountId, days],
  });
  return rows.map(({ connection, failure, host, count, last_at, is_over }) => {
    return { connection, failure, host, count, lastAt: last_at, isOver: is_over };
  });
}
