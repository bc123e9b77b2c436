import type { Pool } from 'pg';
import type { SentSound } from '../sent-sound.js';

/** Keeps where a sound lies; whether it is the first of its recording. The time of receipt of the same sound stays. */
export async function saveSentSound(pool: Pool, accountId: string, sound: SentSound): Promise<boolean> {
  const { rows } = await pool.query<{ is_new: boolean }>({
    name: 'sounds-save-sent',
    text: `
      insert into sent_sound as kept (account_id, connection, recording_id, sha256, size, media_type, received_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (account_id, connection, recording_id) do update set
        sha256 = excluded.sha256, size = excluded.size, media_type = excluded.media_type,
        received_at = case when kept.sha256 = excluded.sha256 then kept.received_at else excluded.received_at end
      returning xmax = 0 as is_new`,
    values: [
      accountId,
      sound.connection,
      sound.recordingId,
      sound.sha256,
      sound.size,
      sound.mediaType,
      sound.receivedAt,
    ],
  });
  return rows[0]?.is_new === true;
}
