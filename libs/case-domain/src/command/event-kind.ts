import type { CaseChangeKind } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';

/** Whether a change of these fields is of the kind. */
type Rule = readonly [CaseChangeKind, (before: CaseState, after: CaseState, changed: ReadonlySet<string>) => boolean];

const touches =
  (...fields: readonly (keyof CaseState)[]): Rule[1] =>
  (_before, _after, changed) =>
    fields.some((field) => changed.has(field));

/** An event with several changes bears the first kind that is true of it (domain.md §16). */
const KINDS: readonly Rule[] = [
  ['merged', (before, after) => before.mergedIntoId === null && after.mergedIntoId !== null],
  ['closed', (before, after) => before.closedAt === null && after.closedAt !== null],
  ['resolved', (before, after) => before.category !== 'resolved' && after.category === 'resolved'],
  ['reopened', (before, after) => before.category === 'resolved' && after.category !== 'resolved'],
  ['assigned', (_before, after, changed) => changed.has('assigneeId') && after.assigneeId !== null],
  ['unassigned', touches('assigneeId')],
  ['status_changed', touches('category', 'statusId')],
  ['group_changed', touches('groupId')],
  ['type_changed', touches('type')],
  ['requester_changed', touches('requester')],
  ['problem_linked', (_before, after, changed) => changed.has('problemId') && after.problemId !== null],
  ['problem_unlinked', touches('problemId')],
  ['task_due_changed', touches('dueOn', 'dueAt')],
  ['priority_changed', touches('priority')],
  ['custom_fields_changed', touches('customFields')],
  ['tags_changed', touches('tags')],
  ['subject_changed', touches('subject')],
];

/** Kinds of what changes alone. */
const ALONE: Readonly<Record<string, CaseChangeKind>> = {
  description: 'description_changed',
  participants: 'participants_changed',
  parentId: 'parent_changed',
};

/** The kind of the event that tells of a change; `changed`: the fields that moved. */
export function kindOf(before: CaseState, after: CaseState, changed: ReadonlySet<string>): CaseChangeKind {
  const [only, ...others] = changed;
  const first = KINDS.find(([, isTrue]) => isTrue(before, after, changed))?.[0];
  const alone = only !== undefined && others.length === 0 ? ALONE[only] : undefined;
  return first ?? alone ?? 'updated';
}
