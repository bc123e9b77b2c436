import type { Pool } from 'pg';

/** Forgets sounds that came so many days ago, at most `limit` of them; resolves with their contents, which may be of no use now. */
export async function forgetSentSounds(
  pool: Pool,
  accountId: string,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ sha256: string }>({
    name: 'sounds-forget-sent',
    text: `
      delete from sent_sound where ctid in (
        select ctid from sent_sound
        where account_id = $1 and received_at < now() - $2 * interval '1 day'
        limit $3
      )
      returning sha256`,
    values: [accountId, days, limit],
  });
  return rows.map(({ sha256 }) => sha256);
}
