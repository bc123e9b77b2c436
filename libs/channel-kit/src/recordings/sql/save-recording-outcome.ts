import type { Pool } from 'pg';
import type { HeldRecordingJob, RecordingOutcome, TimedOutcome } from '../recording-job.js';

/**
 * Keeps how a job ended until that is told, and forgets the address; null when the lease was lost, or a newer recording
 * has taken its place.
 */
export async function saveRecordingOutcome(
  pool: Pool,
  accountId: string,
  { id, owner }: HeldRecordingJob,
  outcome: RecordingOutcome,
): Promise<TimedOutcome | null> {
  const { rows } = await pool.query<{ outcome: TimedOutcome }>({
    name: 'recording-save-outcome',
    text: `
      update recording_job
      set address = null, outcome = $4::jsonb || jsonb_build_object(
        'at', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      where account_id = $1 and id = $2 and owner = $3 and outcome is null
      returning outcome`,
    values: [accountId, id, owner, JSON.stringify(outcome)],
  });
  return rows[0]?.outcome ?? null;
}
