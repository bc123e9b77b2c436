import type { PersonReference, SubmitterReference } from '../case/case-state.js';

/** Who an interaction came from, as far as that was settled. */
export interface SettledPeople {
  readonly requester: PersonReference | null;
  readonly submitter: SubmitterReference | null;
}

export type Visibility = 'public' | 'internal';

/** How the new case is related to an earlier one. */
export interface CaseRelation {
  /** A follow-up of a case that takes no more replies, or related to one that is in the trash or not this sender's. */
  readonly kind: 'follow_up' | 'related';
  readonly caseId: string;
}

/** It opened a case. */
export interface OpenedVerdict extends SettledPeople {
  readonly outcome: 'created' | 'followed_up';
  readonly caseId: string;
  readonly relation: CaseRelation | null;
  /** `internal` when a note for colleagues came with it. */
  readonly visibility: Visibility;
}

/** It joined a case that was there. */
export interface JoinedVerdict extends SettledPeople {
  readonly outcome: 'attached' | 'reopened' | 'automatic' | 'internal';
  readonly caseId: string;
  readonly visibility: Visibility;
  readonly flags: readonly string[];
}

export const RECORDED_BECAUSE = [
  'own_loop',
  'automatic',
  'auto_create_off',
  'blocked_sender',
  'outbound',
  /** An agent took it off its case. */
  'detached',
  /** A call between two of ours; one that the telephone system refused; one that was over long ago; one for trying. */
  'internal_call',
  'blocked_call',
  'too_old',
  'test',
  /** The caller gave up so soon that the account takes it for nothing. */
  'short_call',
  /** It came in by a line that nobody has set up. */
  'endpoint_not_configured',
] as const;
export type RecordedBecause = (typeof RECORDED_BECAUSE)[number];

/** It is kept and no case is touched. */
export interface RecordedVerdict extends SettledPeople {
  readonly outcome: 'recorded';
  readonly because: RecordedBecause;
  readonly relatedCaseId: string | null;
}

/** Why an interaction waits for a person. */
export const SUSPENSIONS = [
  'several_from',
  'spoofed_sender',
  'unverified_sender',
  'too_many_hops',
  'too_many_cases',
  'too_many_in_case',
  'too_many_automatic',
] as const;
export type Suspension = (typeof SUSPENSIONS)[number];

/** It is kept and touches nothing, no name of it leads anywhere, until a person releases or rejects it. */
export interface SuspendedVerdict extends SettledPeople {
  readonly outcome: 'suspended';
  readonly because: Suspension;
  /** The case that it would have joined. */
  readonly relatedCaseId: string | null;
}

/** It is a message that came before, another way. */
export interface DuplicateVerdict extends SettledPeople {
  readonly outcome: 'duplicate';
  /** Id of the interaction that came first. */
  readonly sameAs: string;
  readonly relatedCaseId: string | null;
}

/** What became of an interaction. Repetitions never get here: the claim of the interaction's row drops them. */
export type InteractionVerdict = OpenedVerdict | JoinedVerdict | RecordedVerdict | SuspendedVerdict | DuplicateVerdict;

export function isOpened(verdict: InteractionVerdict): verdict is OpenedVerdict {
  return opensCase(verdict.outcome);
}

/** Whether what ended so has opened its case. */
export function opensCase(outcome: string): boolean {
  return outcome === 'created' || outcome === 'followed_up';
}

export function isJoined(verdict: InteractionVerdict): verdict is JoinedVerdict {
  switch (verdict.outcome) {
    case 'attached':
    case 'reopened':
    case 'automatic':
    case 'internal':
      return true;
    default:
      return false;
  }
}

/** The case that the interaction belongs to by now. */
export function caseOf(verdict: InteractionVerdict): string | null {
  return 'caseId' in verdict ? verdict.caseId : null;
}

/** The named state that an interaction ends in: its row holds it, and it is the label of the metric. */
export type Outcome = Exclude<InteractionVerdict['outcome'], 'recorded'> | `recorded:${RecordedBecause}`;

export function outcomeOf(verdict: InteractionVerdict): Outcome {
  return verdict.outcome === 'recorded' ? `recorded:${verdict.because}` : verdict.outcome;
}
