import type { Pool } from 'pg';

/** Jobs that are not over yet. */
export async function countRecordingJobs(pool: Pool, accountId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'recording-count-jobs',
    text: 'select count(*)::int as count from recording_job where account_id = $1',
    values: [accountId],
  });
  return rows[0]?.count ?? 0;
}
