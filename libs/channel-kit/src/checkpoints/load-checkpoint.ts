import type { Pool } from 'pg';

/** The stored position of a source; null when it was never read. */
export async function loadCheckpoint(pool: Pool, accountId: string, source: string): Promise<unknown> {
  const { rows } = await pool.query<{ position: unknown }>({
    name: 'load-checkpoint',
    text: 'select position from channel_checkpoint where account_id = $1 and source = $2',
    values: [accountId, source],
  });
  return rows[0]?.position ?? null;
}
