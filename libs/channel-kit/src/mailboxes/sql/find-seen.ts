import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** Those of the UIDs that were imported under this UIDVALIDITY. */
export async function findSeen(
  pool: Pool,
  accountId: string,
  { mailbox, folder }: HeldFolder,
  uidValidity: string,
  uids: readonly number[],
): Promise<number[]> {
  const { rows } = await pool.query<{ uid: string }>({
    name: 'mailbox-find-seen',
    text: `
      select uid from mailbox_seen
      where account_id = $1 and mailbox = $2 and folder = $3 and uid_validity = $4 and uid = any($5::bigint[])`,
    values: [accountId, mailbox, folder, uidValidity, uids],
  });
  return rows.map(({ uid }) => Number(uid));
}
