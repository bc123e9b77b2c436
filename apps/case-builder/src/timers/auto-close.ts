import { type LedgerDependencies, settle } from '#libs/case-ledger';
import { findClosableCases, loadClosingAccounts } from '#libs/case-store';
import { pause } from '#libs/runtime';

const DAY = 24 * 60 * 60 * 1000;
const CHUNK = 100;
/** What it rests after a portion, as a share of the time that the portion took: people wait for answers meanwhile. */
const REST = 0.5;

/**
 * Closes the resolved cases whose time is up and returns how many. A run that was missed is caught up by the next; a
 * second run finds nothing. What is due is found without a lock, and the rule looks again under it.
 */
export async function closeDueCases(ledger: LedgerDependencies, signal: AbortSignal): Promise<number> {
  let closed = 0;
  for (const accountId of await loadClosingAccounts(ledger.pool)) {
    let portion: Portion;
    do {
      const started = performance.now();
      portion = await closePortion(ledger, accountId, signal);
      closed += portion.closed;
      await pause((performance.now() - started) * REST, signal);
    } while (portion.found === CHUNK && portion.closed > 0 && !signal.aborted);
  }
  return closed;
}

interface Portion {
  readonly found: number;
  readonly closed: number;
}

async function closePortion(ledger: LedgerDependencies, accountId: string, signal: AbortSignal): Promise<Portion> {
  const { pool, directory } = ledger;
  const days = (await directory.find(pool, accountId))?.rules.resolvedAutoCloseDays ?? null;
  if (days === null) {
    return { found: 0, closed: 0 };
  }
  const until = new Date(ledger.now().getTime() - days * DAY).toISOString();
  const caseIds = await findClosableCases(pool, accountId, until, CHUNK);
  if (caseIds.length === 0) {
    return { found: 0, closed: 0 };
  }
  const inputs = caseIds.map((caseId) => ({ kind: 'due', due: 'auto_close', caseId }) as const);
  const settlements = await settle(ledger, [{ accountId, inputs }], { signal });
  const endings = settlements.flatMap((one) => (one.known ? one.endings : []));
  return { found: caseIds.length, closed: endings.filter((ending) => ending === 'closed').length };
}
