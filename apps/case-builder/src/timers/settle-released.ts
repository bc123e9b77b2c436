import { type LedgerDependencies, settle } from '#libs/case-ledger';
import { findReleasedInteractions } from '#libs/case-store';

const CHUNK = 200;

/**
 * Settles what was released while a release only marked its row, and returns how much that was. Processes of that
 * version may still run beside this one, so it looks again and again; what it has settled it does not find any more.
 */
export async function settleReleased(ledger: LedgerDependencies, signal: AbortSignal): Promise<number> {
  const left = await findReleasedInteractions(ledger.pool, CHUNK);
  const accounts = new Set(left.map(({ accountId }) => accountId));
  for (const accountId of accounts) {
    const own = left.filter((one) => one.accountId === accountId);
    const inputs = own.map(({ id }) => ({ kind: 'due', due: 'released', interactionId: id }) as const);
    await settle(ledger, [{ accountId, inputs }], { signal });
  }
  return left.length;
}
