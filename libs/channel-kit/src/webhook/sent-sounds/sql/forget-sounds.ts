import type { Pool } from 'pg';

/** Forgets a hundred of what nobody will ask for any more: sounds and those who wait for one, after 30 days. */
export async function forgetSounds(pool: Pool, accountId: string): Promise<void> {
  for (const [table, column] of TABLES) {
    await pool.query({
      name: `sounds-forget-${table}`,
      text: `
        delete from ${table} where ctid in (
          select ctid from ${table}
          where account_id = $1 and ${column} < now() - interval '30 days'
          limit 100
        )`,
      values: [accountId],
    });
  }
}

const TABLES = [
  ['sent_sound', 'received_at'],
  ['awaited_sound', 'announced_at'],
] as const;
