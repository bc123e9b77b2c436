import type { Pool } from 'pg';

/** Writes the position of a source, over the earlier one. */
export async function saveCheckpoint(pool: Pool, accountId: string, source: string, position: object): Promise<void> {
  await pool.query({
    name: 'save-checkpoint',
    text: `
      insert into channel_checkpoint (account_id, source, position)
      values ($1, $2, $3)
      on conflict (account_id, source) do update set position = excluded.position, updated_at = now()`,
    values: [accountId, source, JSON.stringify(position)],
  });
}
