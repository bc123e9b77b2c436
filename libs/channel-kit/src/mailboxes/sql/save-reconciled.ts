import type { Pool } from 'pg';
import type { HeldFolder } from '../mailbox-state.js';

/** A comparison of the folder with what was imported came to its end. */
export async function saveReconciled(
  pool: Pool,
  accountId: string,
  { mailbox, folder, fence }: HeldFolder,
  missing: number,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'mailbox-save-reconciled',
    text: `
      update mailbox_state set last_reconciled_at = now(), reconciled_missing = reconciled_missing + $5
      where account_id = $1 and mailbox = $2 and folder = $3 and fence = $4`,
    values: [accountId, mailbox, folder, fence, missing],
  });
  return rowCount === 1;
}
