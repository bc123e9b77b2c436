import type { Pool } from 'pg';
import type { AwaitedSound, SentSound } from '../sent-sound.js';

interface Row extends Omit<SentSound, 'size' | 'receivedAt'> {
  readonly size: string;
  readonly receivedAt: Date;
}

/** The sounds of these recordings that have come. */
export async function findSentSounds(
  pool: Pool,
  accountId: string,
  awaited: readonly AwaitedSound[],
): Promise<SentSound[]> {
  const { rows } = await pool.query<Row>({
    name: 'sounds-find-sent',
    text: `
      select s.connection, s.recording_id as "recordingId", s.sha256, s.size, s.media_type as "mediaType",
        s.received_at as "receivedAt"
      from (select distinct * from unnest($2::text[], $3::text[]) as given (connection, recording_id)) as wanted
      join sent_sound s on s.account_id = $1 and s.connection = wanted.connection and s.recording_id = wanted.recording_id`,
    values: [accountId, awaited.map(({ connection }) => connection), awaited.map(({ recordingId }) => recordingId)],
  });
  return rows.map((row) => ({ ...row, size: Number(row.size), receivedAt: row.receivedAt.toISOString() }));
}
