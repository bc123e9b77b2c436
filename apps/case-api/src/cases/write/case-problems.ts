import type { DescribedProblem } from '../../routes/describe-problems.js';

/** What a wish for a case can end in. */
const OF_WISHES: readonly DescribedProblem[] = [
  'attachment-in-use',
  'unknown-attachment',
  'due-date-not-allowed',
  'problem-not-allowed',
  'resolution-not-allowed',
  'status-mismatch',
  'type-change-required',
  'unknown-agent',
  'unknown-case',
  'unknown-contact',
  'unknown-group',
  'unknown-status',
  'assignee-not-in-group',
  'assignee-required',
  'due-date-not-in-zone',
  'due-date-required',
  'field-required',
  'manual-close-forbidden',
  'new-requires-unassign',
  'not-a-problem',
  'parent-not-allowed',
  'problem-required',
  'read-only',
  'requester-required',
  'resolution-required',
  'status-not-available',
  'target-not-allowed',
  'too-many-items',
  'limit-reached',
  'problem-already-resolved',
];

export const OF_CREATING: readonly DescribedProblem[] = OF_WISHES;

/** The state of a case that does not allow what was asked for. */
export const OF_STATES: readonly DescribedProblem[] = ['purged', 'case-closed', 'case-deleted'];

export const OF_CHANGING: readonly DescribedProblem[] = [
  ...OF_WISHES,
  ...OF_STATES,
  'case-resolved',
  'problem-has-incidents',
  'subcases-unresolved',
  'task-needs-assignee',
];

/** What is said needs a case that lives, and mentions agents who are there. */
export const OF_COMMENTING: readonly DescribedProblem[] = [
  ...OF_STATES,
  'field-required',
  'read-only',
  'too-many-items',
  'unknown-agent',
  'attachment-in-use',
  'unknown-attachment',
];

/** A comment is changed by its author while its case lives. */
export const OF_EDITING: readonly DescribedProblem[] = [...OF_STATES, 'forbidden', 'read-only', 'comment-redacted'];

export const OF_REDACTING: readonly DescribedProblem[] = ['forbidden', 'field-required'];

/** An interaction moves between cases that live. */
export const OF_MOVING: readonly DescribedProblem[] = [
  'case-closed',
  'case-deleted',
  'field-required',
  'interaction-not-settled',
  'unknown-case',
];

export const OF_MERGING: readonly DescribedProblem[] = [
  ...OF_COMMENTING,
  'unknown-case',
  'merge-not-allowed',
  'cross-requester-merge',
];

export const OF_TRASH: readonly DescribedProblem[] = [
  'purged',
  'forbidden',
  'case-deleted',
  'problem-has-incidents',
  'not-in-trash',
  'legal-hold',
  // What is said with it.
  ...OF_COMMENTING,
];

export const OF_HOLDING: readonly DescribedProblem[] = [
  'forbidden',
  // What is said with it.
  ...OF_COMMENTING,
];
