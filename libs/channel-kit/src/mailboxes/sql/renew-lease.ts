import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** Prolongs the lease from now; false when somebody else has it. */
export async function renewLease(
  pool: Pool,
  accountId: string,
  { mailbox, folder, owner, fence }: HeldFolder,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'mailbox-renew-lease',
    text: `
      update mailbox_state set lease_expires_at = clock_timestamp() + $6 * interval '1 millisecond'
      where account_id = $1 and mailbox = $2 and folder = $3 and owner = $4 and fence = $5`,
    values: [accountId, mailbox, folder, owner, fence, leaseMs],
  });
  return rowCount === 1;
}
