import type { CaseState } from './case-state.js';

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

/** Who caused a change, through what and when, and what explains it. */
export interface Cause {
  readonly actor: Actor;
  /** The agent for whom a client of the API acted. */
  readonly onBehalfOf?: Actor;
  /** Set only when an interaction, or a fact about one, is the cause: what is done by hand has none. */
  readonly interactionId: string | null;
  /** Id of the event that this one follows from. */
  readonly causeEventId?: string;
  /** ISO instant of the decision. */
  readonly at: string;
  /** ISO instant at which the cause itself happened. */
  readonly occurredAt: string;
  /** What explains it beyond the fields: strategy and candidates of an assignment, both keys of a conflict … */
  readonly details: Readonly<Record<string, unknown>>;
}

/** One committed change of a case: a row of `case_event` and a record on `case.events.v1`. */
export interface CaseChange extends Cause {
  /** Without prefix and version: `created`, `assigned`, `interaction_attached` … (events.md §3). */
  readonly kind: CaseChangeKind;
  readonly changes: readonly FieldChange[];
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
  'type_changed',
  'requester_changed',
  'problem_linked',
  'problem_unlinked',
  'task_due_changed',
  'task_due_recomputed',
  'task_overdue',
  'callback_due',
  'priority_changed',
  'custom_fields_changed',
  'tags_changed',
  'subject_changed',
  'description_changed',
  'participants_changed',
  'parent_changed',
  'updated',
  'cascade_resolved',
  'deleted',
  'restored',
  'purged',
  'interaction_attached',
  'interaction_detached',
  'interaction_redacted',
  'interaction_updated',
  'requester_erased',
  'follow_up_created',
  'merged',
  'merge_received',
  'threading_conflict',
  'assignment_deferred',
  'comment_added',
  'comment_edited',
  'comment_redacted',
  'legal_hold_changed',
  'attachment_added',
  'link_added',
  'link_removed',
] as const;
export type CaseChangeKind = (typeof CASE_CHANGE_KINDS)[number];

/** Acts by itself: neither a person nor a rule of the account. */
export const SYSTEM: Actor = { kind: 'system', id: null };
