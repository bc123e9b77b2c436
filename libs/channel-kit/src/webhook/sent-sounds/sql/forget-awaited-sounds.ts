import type { Pool } from 'pg';

/** Forgets who has waited for a sound for so many days, at most `limit` of them; resolves with how many that were. */
export async function forgetAwaitedSounds(
  pool: Pool,
  accountId: string,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'sounds-forget-awaited',
    text: `
      delete from awaited_sound where ctid in (
        select ctid from awaited_sound
        where account_id = $1 and announced_at < now() - $2 * interval '1 day'
        limit $3
      )`,
    values: [accountId, days, limit],
  });
  return rowCount ?? 0;
}
