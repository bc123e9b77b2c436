import { type LedgerDependencies, settle } from '#libs/case-ledger';
import { defaultAccountId } from '#libs/runtime';

/** Settles one that waits as the Case API does; whether it waited. */
export async function sayWord(
  ledger: LedgerDependencies,
  interactionId: string,
  change: 'released' | 'rejected',
  { note = null, accountId = defaultAccountId }: { readonly note?: string | null; readonly accountId?: string } = {},
): Promise<boolean> {
  const word = { change, by: 'a person', note };
  const [settled] = await settle(ledger, [{ accountId, inputs: [{ kind: 'verdict', interactionId, word }] }]);
  return settled?.known === true && settled.endings[0] !== 'not_waiting';
}
