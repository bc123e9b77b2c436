import { type Changed } from '../case/change.js';
import type { CaseState } from '../case/case-state.js';
import type { Decision } from '../decision/decision.js';
import { type Effects, effectsOf, NO_EFFECTS } from '../decision/effects.js';

/** `unchanged`: the case is as it was asked for already. */
export interface CommandVerdict {
  readonly outcome: 'done' | 'unchanged';
  /** Null: of an interaction that belongs to none. */
  readonly caseId: string | null;
  /** Of the case. */
  readonly version: number | null;
  /** The one that the command was about. */
  readonly interactionId?: string;
  /** What was said with it, or the comment that it was about. */
  readonly commentId?: string;
  /** The link that it made, or found there. */
  readonly linkId?: string;
}

export type CommandDecision = Decision<CommandVerdict, null>;

export function unchanged({ id: caseId, version }: CaseState): CommandDecision {
  return { verdict: { outcome: 'unchanged', caseId, version }, effects: NO_EFFECTS, evidence: null };
}

/** Done, with what it does beside changing the case. */
export function done(changed: Changed, more: Partial<Effects> = {}): CommandDecision {
  const { id: caseId, version } = changed.state;
  const cases = [changed, ...(more.cases ?? [])];
  return { verdict: { outcome: 'done', caseId, version }, effects: effectsOf({ ...more, cases }), evidence: null };
}
