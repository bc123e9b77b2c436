import type { Pool } from 'pg';
import type { HeldFolder, MailboxHealth } from '../mailbox-state.js';

/** Says how the mailbox fares. A sync that came to its end clears the error. */
export async function saveHealth(
  pool: Pool,
  accountId: string,
  { mailbox, folder, fence }: HeldFolder,
  { phase, syncedAt, highestModseq, error, backlog, tokenExpiresAt }: MailboxHealth,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'mailbox-save-health',
    text: `
      update mailbox_state set
        phase = $5,
        last_sync_at = coalesce($6, last_sync_at),
        last_error = case when $6::timestamptz is null then coalesce($7, last_error) end,
        last_error_at = coalesce($8, last_error_at),
        consecutive_failures = case when $6::timestamptz is null then coalesce($9, consecutive_failures) else 0 end,
        backlog = coalesce($10, backlog),
        token_expires_at = case when $11 then $12 else token_expires_at end,
        highest_modseq = case when $13 then $14 else highest_modseq end
      where account_id = $1 and mailbox = $2 and folder = $3 and fence = $4`,
    values: [
      ...[accountId, mailbox, folder, fence, phase, syncedAt ?? null],
      ...[error?.reason ?? null, error?.at ?? null, error?.consecutiveFailures ?? null, backlog ?? null],
      ...[tokenExpiresAt !== undefined, tokenExpiresAt ?? null, highestModseq !== undefined, highestModseq ?? null],
    ],
  });
  return rowCount === 1;
}
