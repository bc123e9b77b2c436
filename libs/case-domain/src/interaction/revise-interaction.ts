import type { Decision } from '../decision/decision.js';
import { NO_EFFECTS } from '../decision/effects.js';
import type { Evidence } from '../decision/evidence.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { InteractionVerdict, SettledPeople } from '../decision/verdict.js';
import { decideInteraction } from './decide-interaction.js';
import type { FoldedInteraction } from '../fold/fold.js';

/** It goes on: what becomes of it is decided when it has come to its end. */
export interface WaitingVerdict extends SettledPeople {
  readonly outcome: 'waiting';
}

/** What was decided stays; only what is known of the interaction is more. */
export interface KeptVerdict {
  readonly outcome: 'kept';
}

export type RevisionDecision = Decision<InteractionVerdict | WaitingVerdict> | Decision<KeptVerdict, null>;

/** Whether facts may still lead to a decision: `outcome` is that of the row, null where there is none yet. */
export function isUndecided(outcome: string | null): boolean {
  return outcome === null || outcome === 'waiting';
}

/**
 * What becomes of an interaction that further facts are known of. Undecided ones are decided as if they had just come,
 * as soon as they have come to their end; a fact never counts as one more interaction. A suspended one takes facts and
 * moves nothing, and the verdict decides on what was folded by then.
 */
export function reviseInteraction(
  outcome: string | null,
  { interaction, waits }: FoldedInteraction,
  snapshot: Snapshot,
  moment: Moment,
): RevisionDecision {
  if (!isUndecided(outcome)) {
    return { verdict: { outcome: 'kept' }, effects: NO_EFFECTS, evidence: null };
  }
  return waits ? WAITING : decideInteraction(interaction, snapshot, moment);
}

const EVIDENCE: Evidence = {
  thread: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
  requester: null,
  group: null,
  assignment: null,
  reasons: ['It goes on: what becomes of it is decided when it has come to its end.'],
};
const WAITING: Decision<WaitingVerdict> = {
  verdict: { outcome: 'waiting', requester: null, submitter: null },
  effects: NO_EFFECTS,
  evidence: EVIDENCE,
};
