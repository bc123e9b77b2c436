import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** The server has the marks of these mails. */
export async function saveMarked(
  pool: Pool,
  accountId: string,
  { mailbox, folder }: HeldFolder,
  uidValidity: string,
  uids: readonly number[],
): Promise<void> {
  await pool.query({
    name: 'mailbox-save-marked',
    text: `
      update mailbox_seen set to_mark = false
      where account_id = $1 and mailbox = $2 and folder = $3 and uid_validity = $4 and uid = any($5::bigint[])`,
    values: [accountId, mailbox, folder, uidValidity, uids],
  });
}
