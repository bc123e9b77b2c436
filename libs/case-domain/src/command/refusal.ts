/** What the rules find wrong with a part of a request. Whoever reads requests has codes of its own beside them. */
export const FAULT_CODES = [
  'agent-inactive',
  'assignee-not-in-group',
  'attachment-in-use',
  'assignee-required',
  'due-date-not-in-zone',
  'due-date-not-allowed',
  'due-date-required',
  'field-required',
  'manual-close-forbidden',
  'new-requires-unassign',
  'not-a-problem',
  'parent-not-allowed',
  'problem-not-allowed',
  'problem-required',
  'requester-required',
  'resolution-not-allowed',
  'resolution-required',
  'status-mismatch',
  'status-not-available',
  'target-not-allowed',
  'too-many-items',
  'type-change-required',
  'unknown-agent',
  'unknown-attachment',
  'unknown-case',
  'unknown-contact',
  'unknown-field',
  'unknown-group',
  'unknown-status',
  'validation-failed',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Something wrong with a part of a request. */
export interface Fault {
  /** JSON Pointer into the body (RFC 6901). */
  readonly pointer: string;
  /** One of `FAULT_CODES`, or of those of the reading. */
  readonly code: string;
  /** A sentence that says what to do. */
  readonly detail: string;
}

/** Why nothing was done (http-api.md §3). */
export const REFUSALS = [
  'not-found',
  'purged',
  'precondition-required',
  'version-mismatch',
  'validation-failed',
  'forbidden',
  'case-closed',
  'case-deleted',
  'case-resolved',
  'subcases-unresolved',
  'task-needs-assignee',
  'problem-has-incidents',
  'problem-already-resolved',
  'limit-reached',
  'merge-not-allowed',
  'cross-requester-merge',
  'not-in-trash',
  'comment-redacted',
  'interaction-not-settled',
  'legal-hold',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A command that is not carried out: nothing is written. */
export interface Refusal {
  readonly outcome: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
  /** With `validation-failed` all of them at once; with some others the parts that led to it. */
  readonly faults: readonly Fault[];
  /** The case that the command named, as far as the account has it. */
  readonly caseId: string | null;
  /** Its version now, or that of the comment which the command was about. */
  readonly currentVersion: number | null;
}
