import type { Pool } from 'pg';
import type { MailboxPhase } from '../mailbox-state.js';

/** How a mailbox fares, for people. */
export interface MailboxState {
  readonly mailbox: string;
  readonly folder: string;
  /** `waiting` also when the process that worked on it has vanished: its lease has run out. */
  readonly phase: MailboxPhase;
  /** The last time that everything in the folder was durable here. */
  readonly lastSyncAt: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  readonly consecutiveFailures: number;
  /** Mails that were waiting in the folder when it was last looked at. */
  readonly backlog: number;
  readonly importedCount: number;
  readonly lastReconciledAt: Date | null;
  /** Mails that comparisons found missing and brought in, in all. */
  readonly reconciledMissing: number;
  readonly tokenExpiresAt: Date | null;
  readonly uidValidity: string | null;
  readonly lastUid: number;
}

interface Row {
  readonly mailbox: string;
  readonly folder: string;
  readonly phase: MailboxPhase;
  readonly last_sync_at: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly consecutive_failures: number;
  readonly backlog: string;
  readonly imported_count: string;
  readonly last_reconciled_at: Date | null;
  readonly reconciled_missing: string;
  readonly token_expires_at: Date | null;
  readonly uid_validity: string | null;
  readonly last_uid: string;
}

/** The mailboxes of an account that were ever fetched from, by address and folder. */
export async function listMailboxStates(pool: Pool, accountId: string): Promise<MailboxState[]> {
  const { rows } = await pool.query<Row>({
    name: 'mailbox-list-states',
    text: `
      select mailbox, folder, last_sync_at, last_error, last_error_at, consecutive_failures, backlog, imported_count,
        last_reconciled_at, reconciled_missing, token_expires_at, uid_validity, last_uid,
        case when lease_expires_at > now() or phase = 'stopped' then phase else 'waiting' end as phase
      from mailbox_state where account_id = $1 order by mailbox, folder`,
    values: [accountId],
  });
  return rows.map((row) => ({
    mailbox: row.mailbox,
    folder: row.folder,
    phase: row.phase,
    lastSyncAt: row.last_sync_at,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at,
    consecutiveFailures: row.consecutive_failures,
    backlog: Number(row.backlog),
    importedCount: Number(row.imported_count),
    lastReconciledAt: row.last_reconciled_at,
    reconciledMissing: Number(row.reconciled_missing),
    tokenExpiresAt: row.token_expires_at,
    uidValidity: row.uid_validity,
    lastUid: Number(row.last_uid),
  }));
}
