import {
  advance,
  countPassage,
  decideInteraction,
  isOpened,
  type InteractionDecision,
  type Moment,
  type Snapshot,
} from '#libs/case-domain';
import type { FreshInteraction } from './claim-interactions.js';

/** A fresh interaction and what becomes of it. */
export interface DecidedInteraction extends FreshInteraction {
  readonly decision: InteractionDecision;
}

/** Decides one after another; each decision moves the snapshot that the next one sees. */
export function decideAll(
  fresh: readonly FreshInteraction[],
  snapshot: Snapshot,
  moment: Moment,
): DecidedInteraction[] {
  return fresh.map((one) => {
    const decision = decideInteraction(one.interaction, snapshot, moment, { released: one.released });
    advance(snapshot, decision.effects);
    countPassage(snapshot, one.interaction, decision.verdict);
    return { ...one, decision };
  });
}

/** Ids of the cases that the decisions open, in order. */
export function openedCases(decided: readonly DecidedInteraction[]): string[] {
  return decided.flatMap(({ decision: { verdict } }) => (isOpened(verdict) ? [verdict.caseId] : []));
}
