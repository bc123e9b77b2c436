import { type LedgerDependencies, settle } from '#libs/case-ledger';
import { type DueCallback, findDueCallbacks } from '#libs/case-store';

const CHUNK = 200;

/** Says in the cases of calls that it is time to call back, unless the agent has called; returns how many were due. */
export async function tellDueCallbacks(ledger: LedgerDependencies, signal: AbortSignal): Promise<number> {
  const found = await findDueCallbacks(ledger.pool, ledger.now().toISOString(), CHUNK);
  for (const accountId of new Set(found.map((one) => one.accountId))) {
    const own = found.filter((one) => one.accountId === accountId);
    await settle(ledger, [{ accountId, inputs: own.map(inputOf) }], { signal });
  }
  return found.length;
}

function inputOf({ interactionId, eventId, caseId, hasCalled }: DueCallback) {
  return { kind: 'due', due: 'callback', caseId, interactionId, eventId, hasCalled } as const;
}
