import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** The UIDs of before mean nothing any more: the cursor goes back to the beginning, and single mails are forgotten. */
export async function adoptUidValidity(
  pool: Pool,
  accountId: string,
  { mailbox, folder, fence }: HeldFolder,
  uidValidity: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ adopted: number }>({
    name: 'mailbox-adopt-uid-validity',
    text: `
      with adopted as (
        update mailbox_state set uid_validity = $5, last_uid = 0, highest_modseq = null, seen_above = 0
        where account_id = $1 and mailbox = $2 and folder = $3 and fence = $4
        returning account_id, mailbox, folder
      ), forgotten as (
        delete from mailbox_seen seen using adopted
        where (seen.account_id, seen.mailbox, seen.folder) = (adopted.account_id, adopted.mailbox, adopted.folder)
        returning 1
      )
      select count(*)::int as adopted from adopted`,
    values: [accountId, mailbox, folder, fence, uidValidity],
  });
  return rows[0]?.adopted === 1;
}
