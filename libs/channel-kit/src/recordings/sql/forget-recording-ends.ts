import type { Pool } from 'pg';

/** Forgets how recordings ended so many days ago; a repetition that comes later is fetched again. */
export async function forgetRecordingEnds(pool: Pool, accountId: string, days: number): Promise<void> {
  await pool.query({
    name: 'recording-forget-ends',
    text: `delete from recording_end where account_id = $1 and ended_at < clock_timestamp() - $2 * interval '1 day'`,
    values: [accountId, days],
  });
}
