import type { Pool } from 'pg';
import type { HeldFolder, MailboxPhase } from '../mailbox-state.js';

/** Gives the lease back; does nothing when it was lost already. */
export async function releaseLease(
  pool: Pool,
  accountId: string,
  { mailbox, folder, owner, fence }: HeldFolder,
  phase: MailboxPhase,
): Promise<void> {
  await pool.query({
    name: 'mailbox-release-lease',
    text: `
      update mailbox_state set owner = null, lease_expires_at = null, phase = $6
      where account_id = $1 and mailbox = $2 and folder = $3 and owner = $4 and fence = $5`,
    values: [accountId, mailbox, folder, owner, fence, phase],
  });
}
