import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/**
 * Forgets single mails that were imported long ago, and up to which UID that may be so: a later comparison must not
 * take them for missing.
 */
export async function forgetSeen(
  pool: Pool,
  accountId: string,
  { mailbox, folder, fence }: HeldFolder,
  olderThanDays: number,
): Promise<number> {
  const { rows } = await pool.query<{ seen_above: string }>({
    name: 'mailbox-forget-seen',
    text: `
      with forgotten as (
        delete from mailbox_seen seen using mailbox_state state
        where state.account_id = $1 and state.mailbox = $2 and state.folder = $3 and state.fence = $4
          and (seen.account_id, seen.mailbox, seen.folder) = (state.account_id, state.mailbox, state.folder)
          and seen.seen_at < now() - $5 * interval '1 day'
        returning seen.uid
      )
      update mailbox_state set seen_above = greatest(seen_above, (select coalesce(max(uid), 0) from forgotten))
      where account_id = $1 and mailbox = $2 and folder = $3 and fence = $4
      returning seen_above`,
    values: [accountId, mailbox, folder, fence, olderThanDays],
  });
  return Number(rows[0]?.seen_above ?? 0);
}
