import { advance, countPassage, decide, type Decision, type Snapshot } from '#libs/case-domain';
import { newCaseId } from '#libs/interaction';
import type { FreshInteraction } from './claim-interactions.js';

/** A fresh interaction and what becomes of it. */
export interface DecidedInteraction extends FreshInteraction {
  readonly decision: Decision;
}

/** Decides one after another; each decision moves the snapshot that the next one sees. */
export function decideAll(
  fresh: readonly FreshInteraction[],
  snapshot: Snapshot,
  now: string,
  nextCaseId: () => string = newCaseId,
): DecidedInteraction[] {
  return fresh.map((one) => {
    const decision = decide(one.interaction, snapshot, { now, newCaseId: nextCaseId(), released: one.released });
    advance(snapshot, decision);
    countPassage(snapshot, one.interaction, decision);
    return { ...one, decision };
  });
}

/** Ids of the cases that the decisions open, in order. */
export function openedCases(decided: readonly DecidedInteraction[]): string[] {
  return decided.flatMap(({ decision }) => (decision.kind === 'create' ? [decision.state.id] : []));
}
