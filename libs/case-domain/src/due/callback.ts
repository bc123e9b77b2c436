import { isLive } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';

/** It is time to call somebody back, as an agent wanted. */
export interface CallbackDue {
  readonly due: 'callback';
  /** Where the call is; null: in none. */
  readonly caseId: string | null;
  readonly interactionId: string;
  /** The event of the call bar that said when. */
  readonly eventId: string;
  /** Somebody has called since. */
  readonly hasCalled: boolean;
}

export type CallbackVerdict = { readonly outcome: 'callback_told' | 'not_due' };

/** Told once, in a case that somebody works on; what nobody needs to be told any more is put aside. */
export function callbackDue(
  { caseId, interactionId, eventId, hasCalled }: CallbackDue,
  { cases }: Snapshot,
  now: string,
): Decision<CallbackVerdict, null> {
  const state = caseId === null ? undefined : cases.get(caseId);
  const toldCallbacks = [{ interactionId, eventId }];
  if (hasCalled || state === undefined || !isLive(state) || state.category === 'resolved') {
    return { verdict: { outcome: 'not_due' }, effects: effectsOf({ toldCallbacks }), evidence: null };
  }
  const actor = { kind: 'automation', id: null } as const;
  const details = { interaction_id: interactionId, callbar_event_id: eventId };
  const told = changeCase(state, 'callback_due', {}, { actor, interactionId: null, at: now, occurredAt: now, details });
  return {
    verdict: { outcome: 'callback_told' },
    effects: effectsOf({ cases: [told], toldCallbacks }),
    evidence: null,
  };
}
