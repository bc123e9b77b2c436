import type { CaseState, PersonReference, RequesterMatch, SubmitterReference } from './case-state.js';
import type { ThreadTarget } from './snapshot.js';

/** One field of a case before and after. */
export interface FieldChange {
  readonly field: keyof CaseState;
  readonly from: unknown;
  readonly to: unknown;
}

export interface Actor {
  readonly kind: 'agent' | 'contact' | 'automation' | 'system' | 'app';
  readonly id: string | null;
}

/** One committed change of a case: a row of `case_event` and a record on `case.events.v1`. */
export interface CaseChange {
  /** Without prefix and version: `created`, `assigned`, `interaction_attached` … (events.md §3). */
  readonly kind: CaseChangeKind;
  readonly changes: readonly FieldChange[];
  readonly actor: Actor;
  /** What explains it beyond the fields: strategy and candidates of an assignment, both keys of a conflict … */
  readonly details: Readonly<Record<string, unknown>>;
}

export const CASE_CHANGE_KINDS = [
  'created',
  'assigned',
  'unassigned',
  'group_changed',
  'status_changed',
  'resolved',
  'reopened',
  'closed',
  'interaction_attached',
  'follow_up_created',
  'threading_conflict',
  'assignment_deferred',
] as const;
export type CaseChangeKind = (typeof CASE_CHANGE_KINDS)[number];

/** How the target case was found. */
export interface ThreadEvidence {
  /** `recipient_token`, `in_reply_to`, `references`, `awaited_message`, … ; `none` when nothing was found. */
  readonly rule: string;
  readonly matched: { readonly kind: string; readonly value: string } | null;
  /** Case that the reference named, before merges were followed. */
  readonly namedCaseId: string | null;
  /** References that led to other cases: the runner-up first. */
  readonly conflicts: readonly {
    readonly rule: string;
    readonly kind: string;
    readonly value: string;
    readonly caseId: string;
  }[];
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

interface TouchesCase extends Decided {
  /** The case after all of `changes`. */
  readonly state: CaseState;
  readonly changes: readonly CaseChange[];
  readonly threads: readonly ThreadClaim[];
  /** Agents whose `last_assigned_at` moves, by group. */
  readonly assigned: { readonly groupId: string; readonly agentId: string; readonly at: string } | null;
}

/** A new case. */
export interface CreateDecision extends TouchesCase {
  readonly kind: 'create';
  /** A follow-up of a case that takes no more replies, or related to one that is in the trash or not this sender's. */
  readonly relation: { readonly kind: 'follow_up' | 'related'; readonly caseId: string } | null;
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

/** What becomes of an interaction. Repetitions never get here: the claim of the interaction row drops them. */
export type Decision = CreateDecision | AttachDecision | RecordDecision;
