import type { Pool } from 'pg';
import { transaction } from '#libs/postgres';
import type { AnnouncedSubject, HeldRecordingJob, RecordingTask, StoredSound, TimedOutcome } from '../recording-job.js';

/** Who asks for work, and how much of it may be under way at once, in all processes together. */
export interface RecordingClaim {
  readonly owner: string;
  readonly leaseMs: number;
  /** Most jobs that are handed out now. */
  readonly limit: number;
  readonly tasks: readonly RecordingTask[];
  /** Of fetching, for each connection. */
  readonly perConnection: number;
  /** Of writing down. */
  readonly transcribing: number;
}

interface Row {
  readonly id: string;
  readonly connection: string;
  readonly channel: 'call' | 'voicemail';
  readonly subject_id: string;
  readonly recording_id: string;
  readonly task: RecordingTask;
  readonly subject: AnnouncedSubject;
  readonly address: string | null;
  readonly sound: StoredSound | null;
  readonly attempts: number;
  readonly outcome: TimedOutcome | null;
}

/** Leases jobs that are due, the longest due first. By the database's clock; two that ask at once never get the same. */
export async function claimRecordingJobs(
  pool: Pool,
  accountId: string,
  { owner, leaseMs, limit, tasks, perConnection, transcribing }: RecordingClaim,
): Promise<HeldRecordingJob[]> {
  const rows = await transaction(pool, async (client) => {
    // One at a time: who counts what is under way must see what others have just taken.
    await client.query({
      name: 'recording-claim-lock',
      text: `select pg_advisory_xact_lock(hashtext('recording_job'))`,
    });
    const claimed = await client.query<Row>({
      name: 'recording-claim-jobs',
      text: `
        with lanes as (
          select id, due_at, lease_expires_at > clock_timestamp() as busy,
            case task when 'fetch' then connection else '' end as lane,
            case task when 'fetch' then $6::int else $7::int end as room
          from recording_job
          where account_id = $1 and task = any($5::text[])
            and (due_at <= clock_timestamp() or lease_expires_at > clock_timestamp())
        ), placed as (
          select id, due_at, busy, room, row_number() over (partition by lane order by busy desc nulls last, due_at) as place
          from lanes
        ), chosen as (
          select id from placed where busy is not true and place <= room order by due_at limit $4
        )
        update recording_job job
        set owner = $2, lease_expires_at = clock_timestamp() + $3 * interval '1 millisecond',
          attempts = attempts + case when outcome is null then 1 else 0 end
        from chosen where job.account_id = $1 and job.id = chosen.id
        returning job.id, connection, channel, subject_id, recording_id, task, subject, address, sound, attempts, outcome`,
      values: [accountId, owner, leaseMs, limit, tasks, perConnection, transcribing],
    });
    return claimed.rows;
  });
  return rows.map((row) => ({
    id: row.id,
    owner,
    connection: row.connection,
    channel: row.channel,
    subjectId: row.subject_id,
    recordingId: row.recording_id,
    task: row.task,
    subject: row.subject,
    address: row.address,
    sound: row.sound,
    attempt: row.attempts,
    outcome: row.outcome,
  }));
}
