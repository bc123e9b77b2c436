import type { Pool } from 'pg';
import type { HeldRecordingJob } from '../recording-job.js';

/** Gives the lease back, for another attempt after so many milliseconds; an attempt that was not made does not count. */
export async function postponeRecordingJob(
  pool: Pool,
  accountId: string,
  { id, owner }: HeldRecordingJob,
  { delayMs, counts }: { readonly delayMs: number; readonly counts: boolean },
): Promise<void> {
  await pool.query({
    name: 'recording-postpone-job',
    text: `
      update recording_job
      set owner = null, lease_expires_at = null, due_at = clock_timestamp() + $4 * interval '1 millisecond',
        attempts = greatest(attempts - case when $5 or outcome is not null then 0 else 1 end, 0)
      where account_id = $1 and id = $2 and owner = $3`,
    values: [accountId, id, owner, delayMs, counts],
  });
}
