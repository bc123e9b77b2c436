import type { Pool } from 'pg';
import type { FolderProgress, HeldFolder } from '../mailbox-state.js';

/** Moves the cursor and remembers each mail, in one statement; nothing of both when the lease was lost. */
export async function saveProgress(
  pool: Pool,
  accountId: string,
  { mailbox, folder, fence }: HeldFolder,
  { uidValidity, lastUid, uids, toMark, backlog }: FolderProgress,
): Promise<boolean> {
  const { rows } = await pool.query<{ saved: number }>({
    name: 'mailbox-save-progress',
    text: `
      with saved as (
        update mailbox_state
        set last_uid = greatest(last_uid, $6), backlog = $9, imported_count = imported_count + cardinality($7::bigint[])
        where account_id = $1 and mailbox = $2 and folder = $3 and fence = $4 and uid_validity = $5
        returning account_id, mailbox, folder, uid_validity
      ), remembered as (
        insert into mailbox_seen (account_id, mailbox, folder, uid_validity, uid, to_mark)
        select saved.*, uid, $8 from saved, unnest($7::bigint[]) as uid
        on conflict do nothing
        returning 1
      )
      select count(*)::int as saved from saved`,
    values: [accountId, mailbox, folder, fence, uidValidity, lastUid, uids, toMark, backlog],
  });
  return rows[0]?.saved === 1;
}
