import type { Pool } from 'pg';
import { newId } from '#libs/interaction';
import { recordingNameOf, type AnnouncedRecording, type AnnouncedSubject } from '../recording-job.js';

const ADD = `
  with given as (
    select distinct on (connection, channel, subject_id, recording_id) *
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::timestamptz[],
      $9::bigint[], $10::jsonb[], $11::text[])
      as given (connection, channel, subject_id, recording_id, id, announced_by, announced_at,
        announced_sequence, subject, address)
    order by connection, channel, subject_id, recording_id, announced_at desc, announced_sequence desc,
      announced_by desc
  ), wanted as (
    select given.* from given
    left join recording_end ended on ended.account_id = $1 and ended.task = 'fetch'
      and (ended.connection, ended.channel, ended.subject_id, ended.recording_id)
        = (given.connection, given.channel, given.subject_id, given.recording_id)
    where ended.account_id is null
      or case when given.announced_by = ended.announced_by then ended.status <> 'available'
        else (given.announced_at, given.announced_sequence, given.announced_by)
          > (ended.announced_at, ended.announced_sequence, ended.announced_by)
      end
  )
  insert into recording_job as job (account_id, connection, channel, subject_id, recording_id, task, id,
    announced_by, announced_at, announced_sequence, subject, address)
  select $1, connection, channel, subject_id, recording_id, 'fetch', id, announced_by, announced_at,
    announced_sequence, subject, address
  from wanted
  on conflict (account_id, connection, channel, subject_id, recording_id, task) do update set
    address = case when job.outcome is null or job.announced_by <> excluded.announced_by
      then excluded.address end,
    id = case when job.announced_by = excluded.announced_by then job.id else excluded.id end,
    attempts = case when job.announced_by = excluded.announced_by then job.attempts else 0 end,
    due_at = case when job.announced_by = excluded.announced_by then job.due_at else excluded.due_at end,
    owner = case when job.announced_by = excluded.announced_by then job.owner end,
    lease_expires_at = case when job.announced_by = excluded.announced_by then job.lease_expires_at end,
    outcome = case when job.announced_by = excluded.announced_by then job.outcome end,
    subject = excluded.subject,
    announced_by = excluded.announced_by,
    announced_at = excluded.announced_at,
    announced_sequence = excluded.announced_sequence
  where (excluded.announced_at, excluded.announced_sequence, excluded.announced_by)
    >= (job.announced_at, job.announced_sequence, job.announced_by)`;

/**
 * Writes a job for each recording that is new, or newer than the one of the same id that is fetched or was. One that is
 * announced again only brings its address, which may be signed anew; when it had failed, it is tried again. A time in the
 * future counts as that of receipt: nothing would be newer otherwise.
 */
export async function addRecordingJobs(
  pool: Pool,
  accountId: string,
  announced: readonly AnnouncedRecording[],
): Promise<void> {
  const names = announced.map(recordingNameOf);
  await pool.query({
    name: 'recording-add-jobs',
    text: ADD,
    values: [
      accountId,
      names.map(({ connection }) => connection),
      names.map(({ channel }) => channel),
      names.map(({ subjectId }) => subjectId),
      names.map(({ recordingId }) => recordingId),
      announced.map(() => newId()),
      announced.map(({ fact }) => fact.id),
      announced.map(({ fact: { origin } }) => (origin.at < origin.receivedAt ? origin.at : origin.receivedAt)),
      announced.map(({ fact }) => fact.origin.sequence ?? -1),
      announced.map(({ fact }) => JSON.stringify(subjectOf(fact))),
      announced.map(({ address }) => address),
    ],
  });
}

function subjectOf(fact: AnnouncedRecording['fact']): AnnouncedSubject {
  const { callId, legId } = fact;
  return { callId, legId, ...(fact.channel === 'call' ? { parentCallId: fact.parentCallId } : {}) };
}
