import type { Pool } from 'pg';
import type { AwaitedSound } from '../sent-sound.js';

/** Notes which calls and voicemails wait for sounds; each once. */
export async function insertAwaitedSounds(
  pool: Pool,
  accountId: string,
  awaited: readonly AwaitedSound[],
): Promise<void> {
  await pool.query({
    name: 'sounds-await',
    text: `
      insert into awaited_sound (account_id, connection, recording_id, channel, subject_id, subject)
      select distinct on (connection, recording_id, channel, subject_id) $1, *
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[])
        as given (connection, recording_id, channel, subject_id, subject)
      order by connection, recording_id, channel, subject_id
      on conflict (account_id, connection, recording_id, channel, subject_id) do nothing`,
    values: [
      accountId,
      awaited.map(({ connection }) => connection),
      awaited.map(({ recordingId }) => recordingId),
      awaited.map(({ channel }) => channel),
      awaited.map(({ subjectId }) => subjectId),
      awaited.map(({ subject }) => JSON.stringify(subject)),
    ],
  });
}
