import type { Pool } from 'pg';
import type { AwaitedSound, SentSound } from '../sent-sound.js';

/** Who waits for a sound. */
export async function findAwaitedSounds(
  pool: Pool,
  accountId: string,
  { connection, recordingId }: Pick<SentSound, 'connection' | 'recordingId'>,
): Promise<AwaitedSound[]> {
  const { rows } = await pool.query<AwaitedSound>({
    name: 'sounds-find-awaited',
    text: `
      select connection, recording_id as "recordingId", channel, subject_id as "subjectId", subject
      from awaited_sound
      where account_id = $1 and connection = $2 and recording_id = $3
      order by channel, subject_id`,
    values: [accountId, connection, recordingId],
  });
  return rows;
}
