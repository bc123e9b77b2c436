import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** Imported mails whose marks on the server are missing, lowest UID first. */
export async function loadToMark(
  pool: Pool,
  accountId: string,
  { mailbox, folder }: HeldFolder,
  uidValidity: string,
  limit: number,
): Promise<number[]> {
  const { rows } = await pool.query<{ uid: string }>({
    name: 'mailbox-load-to-mark',
    text: `
      select uid from mailbox_seen
      where account_id = $1 and mailbox = $2 and folder = $3 and uid_validity = $4 and to_mark
      order by uid limit $5`,
    values: [accountId, mailbox, folder, uidValidity, limit],
  });
  return rows.map(({ uid }) => Number(uid));
}
