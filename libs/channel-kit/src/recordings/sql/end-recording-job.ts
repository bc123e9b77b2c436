import type { Pool } from 'pg';
import { newId } from '#libs/interaction';
import type { HeldRecordingJob, RecordingOutcome, StoredSound } from '../recording-job.js';

/**
 * The outcome is told: the job goes, and how it ended is remembered. `next`: the sound that is to be written down.
 * Does nothing when a newer recording has taken its place.
 */
export async function endRecordingJob(
  pool: Pool,
  accountId: string,
  job: HeldRecordingJob,
  outcome: RecordingOutcome,
  next: StoredSound | null,
): Promise<void> {
  const { status, failure, host } = endOf(outcome);
  await pool.query({
    name: 'recording-end-job',
    text: `
      with gone as (
        delete from recording_job where account_id = $1 and id = $2
        returning account_id, connection, channel, subject_id, recording_id, task, announced_by, announced_at,
          announced_sequence, subject
      ), next as (
        insert into recording_job as job (account_id, connection, channel, subject_id, recording_id, task, id,
          announced_by, announced_at, announced_sequence, subject, sound)
        select account_id, connection, channel, subject_id, recording_id, 'transcribe', $6, announced_by, announced_at,
          announced_sequence, subject, $7::jsonb
        from gone where $7::jsonb is not null
        on conflict (account_id, connection, channel, subject_id, recording_id, task) do update set
          id = excluded.id, announced_by = excluded.announced_by, announced_at = excluded.announced_at,
          announced_sequence = excluded.announced_sequence, sound = excluded.sound, attempts = 0,
          due_at = excluded.due_at, owner = null, lease_expires_at = null, outcome = null
      )
      insert into recording_end as ended (account_id, connection, channel, subject_id, recording_id, task, announced_by,
        announced_at, announced_sequence, status, failure, host)
      select account_id, connection, channel, subject_id, recording_id, task, announced_by, announced_at,
        announced_sequence, $3, $4, $5
      from gone
      on conflict (account_id, connection, channel, subject_id, recording_id, task) do update set
        announced_by = excluded.announced_by, announced_at = excluded.announced_at,
        announced_sequence = excluded.announced_sequence, status = excluded.status, failure = excluded.failure,
        host = excluded.host, ended_at = excluded.ended_at`,
    values: [accountId, job.id, status, failure, host, newId(), next === null ? null : JSON.stringify(next)],
  });
}

function endOf(outcome: RecordingOutcome) {
  if (outcome.task === 'transcribe') {
    return { status: outcome.transcript.status, failure: null, host: null };
  }
  const { recording, host } = outcome;
  return { status: recording.status, failure: recording.status === 'failed' ? recording.failure : null, host };
}
