import { PARKED_FOR } from '#libs/case-domain';
import { type LedgerDependencies, settle } from '#libs/case-ledger';
import { findWaitingCalls, findWokenCalls } from '#libs/case-store';

const CHUNK = 200;
/** How far back the timer looks for what was said of calls that had no case then. Milliseconds. */
const SAID_FOR = 2 * PARKED_FOR;

/**
 * Has what agents pressed about calls take effect now that something became of the calls. In transactions of their own:
 * what is lost with the process, the timer finds.
 */
export async function wakeCalls(
  ledger: LedgerDependencies,
  told: ReadonlyMap<string, readonly string[]>,
  signal: AbortSignal,
): Promise<void> {
  for (const [accountId, interactionIds] of told) {
    const woken = await findWokenCalls(ledger.pool, accountId, [...new Set(interactionIds)]);
    await settleCalls(ledger, accountId, woken, signal);
  }
}

/**
 * Wakes what nobody woke, and ends what has waited too long for its call. Returns how many calls that were about; a second
 * run finds nothing.
 */
export async function wakeWaitingCalls(ledger: LedgerDependencies, signal: AbortSignal): Promise<number> {
  const now = ledger.now().getTime();
  const bounds = { before: new Date(now - PARKED_FOR).toISOString(), since: new Date(now - SAID_FOR).toISOString() };
  const found = await findWaitingCalls(ledger.pool, bounds, CHUNK);
  for (const accountId of new Set(found.map((one) => one.accountId))) {
    const own = found.filter((one) => one.accountId === accountId);
    await settleCalls(
      ledger,
      accountId,
      own.map(({ interactionId }) => interactionId),
      signal,
    );
  }
  return found.length;
}

async function settleCalls(
  ledger: LedgerDependencies,
  accountId: string,
  callIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (callIds.length > 0) {
    const inputs = callIds.map((callId) => ({ kind: 'callbar', callId, event: null }) as const);
    await settle(ledger, [{ accountId, inputs }], { signal });
  }
}
