import type { CaseChange } from '../case/case-change.js';
import type { CaseState, PersonReference, RequesterMatch, SubmitterReference } from '../case/case-state.js';
import type { ThreadTarget } from './snapshot.js';

/** A name that an interaction refers to or bears, and the rule that looked at it. */
interface ThreadMention {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
}

/**
 * Why a reference led nowhere. `unknown`: nobody bears the name. `own_name`: the interaction's own. `not_of_the_case`:
 * its sender has no part in the case, and the reference is one that anybody can guess. `unproven`: nor was the
 * sender's identity proven. `other_subject`: the provider groups by subject too, and this one differs.
 */
export const IGNORED_BECAUSE = ['unknown', 'own_name', 'not_of_the_case', 'unproven', 'other_subject'] as const;
export type IgnoredBecause = (typeof IGNORED_BECAUSE)[number];

/** How the target case was found. What has nothing to say is left out: it is kept with every interaction. */
export interface ThreadEvidence {
  /** `recipient_token`, `in_reply_to`, `references`, `awaited_message`, … ; `none` when nothing was found. */
  readonly rule: string;
  readonly matched: { readonly kind: string; readonly value: string } | null;
  /** Case that the reference named, before merges were followed. */
  readonly namedCaseId: string | null;
  /** References that led to other cases: the runner-up first. */
  readonly conflicts: readonly (ThreadMention & { readonly caseId: string })[];
  /** Cases that turned out to be the same conversation and were merged into this one. */
  readonly joined?: readonly (ThreadMention & { readonly caseId: string })[];
  /** References that did not count, the strongest first; at most 10. */
  readonly ignored?: readonly (ThreadMention & { readonly caseId?: string; readonly because: IgnoredBecause })[];
  /** The subject is another one than the case's. It decides nothing, and people may want to know. */
  readonly subjectChanged?: true;
  /** An earlier message bears the same name: both are kept, and the name goes on leading to the earlier one. */
  readonly nameReused?: true;
}

/** Everything that decided, kept with the interaction and shown by `explain`. */
export interface Evidence {
  readonly thread: ThreadEvidence;
  readonly requester: RequesterMatch | null;
  readonly group: { readonly rule: string; readonly groupId: string } | null;
  readonly assignment: AssignmentEvidence | null;
  /** Plain sentences, in the order in which the rules were applied. */
  readonly reasons: readonly string[];
}

export interface AssignmentEvidence {
  readonly rule: 'A0' | 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'A7';
  readonly strategy: string | null;
  readonly candidatesCount: number;
  readonly chosenBecause: string;
}

/** A contact that the decision brings into being (R6, R7). Its id is derived from its first identity. */
export interface NewContact {
  readonly id: string;
  readonly kind: 'person' | 'anonymous';
  readonly name: string | null;
  readonly identity: { readonly kind: string; readonly value: string; readonly raw: string } | null;
  readonly verified: boolean;
}

/** A thread key to write. `interactionId` null: the key is awaited. */
export interface ThreadClaim extends ThreadTarget {
  readonly kind: string;
  readonly value: string;
}

interface Decided {
  readonly interactionId: string;
  readonly evidence: Evidence;
  readonly contact: NewContact | null;
  readonly requester: PersonReference | null;
  readonly submitter: SubmitterReference | null;
}

/** A case that ends in another one: its interactions move there, its names keep leading to it and are followed. */
export interface CaseJoin {
  /** The case after `changes`: closed, and merged into `mergedIntoId`. */
  readonly state: CaseState;
  readonly changes: readonly CaseChange[];
}

interface TouchesCase extends Decided {
  /** The case after all of `changes`. */
  readonly state: CaseState;
  readonly changes: readonly CaseChange[];
  readonly threads: readonly ThreadClaim[];
  /** Cases that are merged into this one on the way. */
  readonly joins?: readonly CaseJoin[];
  /** Agents whose `last_assigned_at` moves, by group. */
  readonly assigned: { readonly groupId: string; readonly agentId: string; readonly at: string } | null;
}

/** A new case. */
export interface CreateDecision extends TouchesCase {
  readonly kind: 'create';
  /** A follow-up of a case that takes no more replies, or related to one that is in the trash or not this sender's. */
  readonly relation: { readonly kind: 'follow_up' | 'related'; readonly caseId: string } | null;
  /** `internal` when a note for colleagues came with it. */
  readonly visibility: 'public' | 'internal';
}

/** The interaction joins an existing case. */
export interface AttachDecision extends TouchesCase {
  readonly kind: 'attach';
  readonly effect: 'attached' | 'reopened' | 'automatic' | 'internal';
  readonly visibility: 'public' | 'internal';
  readonly flags: readonly string[];
}

/** The interaction is kept and no case is touched. */
export interface RecordDecision extends Decided {
  readonly kind: 'record';
  readonly reason: 'own_loop' | 'automatic' | 'auto_create_off' | 'blocked_sender' | 'outbound' | 'no_case';
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

/** The interaction is kept and touches nothing, no name of it leads anywhere, until a person releases or rejects it. */
export interface SuspendDecision extends Decided {
  readonly kind: 'suspend';
  readonly reason: Suspension;
  /** The case that it would have joined. */
  readonly relatedCaseId: string | null;
}

/** What becomes of an interaction. Repetitions never get here: the claim of the interaction row drops them. */
export type Decision = CreateDecision | AttachDecision | RecordDecision | SuspendDecision;
