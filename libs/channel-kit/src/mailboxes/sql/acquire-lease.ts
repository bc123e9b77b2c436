import type { Pool } from 'pg';
import type { FolderPosition, HeldFolder, MailboxFolder } from '../mailbox-state.js';

interface Row {
  readonly fence: string;
  readonly uid_validity: string | null;
  readonly last_uid: string;
  readonly highest_modseq: string | null;
  readonly seen_above: string;
  readonly last_reconciled_at: Date | null;
}

/** Takes the lease when it is free or has run out, by the database's clock; two that ask at once cannot both get it. */
export async function acquireLease(
  pool: Pool,
  accountId: string,
  { mailbox, folder }: MailboxFolder,
  owner: string,
  leaseMs: number,
): Promise<{ readonly held: HeldFolder; readonly position: FolderPosition } | null> {
  const { rows } = await pool.query<Row>({
    name: 'mailbox-acquire-lease',
    text: `
      insert into mailbox_state as state (account_id, mailbox, folder, owner, lease_expires_at, fence)
      values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond', 1)
      on conflict (account_id, mailbox, folder) do update
        set owner = excluded.owner, lease_expires_at = excluded.lease_expires_at, fence = state.fence + 1
        where state.owner is null or state.lease_expires_at is null or state.lease_expires_at < clock_timestamp()
      returning fence, uid_validity, last_uid, highest_modseq, seen_above, last_reconciled_at`,
    values: [accountId, mailbox, folder, owner, leaseMs],
  });
  const row = rows[0];
  if (row === undefined) {
    return null;
  }
  const position = {
    uidValidity: row.uid_validity,
    lastUid: Number(row.last_uid),
    highestModseq: row.highest_modseq,
    seenAbove: Number(row.seen_above),
    lastReconciledAt: row.last_reconciled_at,
  };
  return { held: { mailbox, folder, owner, fence: row.fence }, position };
}
