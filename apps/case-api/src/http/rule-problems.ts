/**
 * How the rules about cases refuse: status, title, and what such a problem says for example. Faults of a request (422) are
 * named one by one; the others are about the state of a case.
 */
export const RULE_PROBLEMS = {
  purged: [410, 'The case was purged', 'The case was purged: only its number is left.'],
  'assignee-not-in-group': [422, 'The assignee is no member of the group', '/assignee_id: Ana is no member of Sales.'],
  'attachment-in-use': [
    422,
    'The attachment is used',
    '/attachment_ids/0: The attachment is part of something already.',
  ],
  'unknown-attachment': [422, 'There is no such attachment', '/attachment_ids/0: The account has no such attachment.'],
  'assignee-required': [
    422,
    'An assignee is needed',
    '/assignee_id: A case that is pending has an assignee: name one.',
  ],
  'due-date-not-allowed': [422, 'Only tasks are due', '/due_on: Only a task has a due date.'],
  'due-date-not-in-zone': [422, 'The day has no noon in the zone', '/due_on: 2011-12-30 has no noon in Pacific/Apia.'],
  'due-date-required': [422, 'A task has a due date', '/due_on: A task has a due date: say which.'],
  'manual-close-forbidden': [422, 'Nobody closes a case by hand', '/status: Resolve it, and it closes by itself.'],
  'new-requires-unassign': [422, 'A new case is nobody’s', '/status: A case is new while nobody has it: unassign it.'],
  'not-a-problem': [422, 'The case is no problem', '/problem_id: The case is no problem.'],
  'parent-not-allowed': [422, 'The case cannot be the parent', '/parent_id: A subcase has no subcases.'],
  'problem-not-allowed': [422, 'Only incidents have a problem', '/problem_id: Only an incident has a problem.'],
  'problem-required': [422, 'An incident has a problem', '/problem_id: Say of which problem this is an incident.'],
  'requester-required': [422, 'A requester is needed', '/requester: Say whom the case is for.'],
  'resolution-not-allowed': [422, 'Only a resolved case has a resolution', '/resolution: Resolve the case with it.'],
  'resolution-required': [422, 'A resolution is needed', '/resolution: Say how the case was resolved.'],
  'status-mismatch': [422, 'Status and category differ', '/status_id: The status is one of the category open.'],
  'target-not-allowed': [422, 'The case cannot be meant', '/follow_up_of_id: Only a resolved case is followed up.'],
  'type-change-required': [422, 'The type has to change with it', '/problem_id: Only an incident has a problem.'],
  'unknown-agent': [422, 'There is no such agent', '/assignee_id: The account has no such agent.'],
  'unknown-case': [422, 'There is no such case', '/problem_id: The account has no such case.'],
  'unknown-contact': [422, 'There is no such contact', '/requester/contact_id: The account has no such contact.'],
  'unknown-group': [422, 'There is no such group', '/group_id: The account has no such active group.'],
  'unknown-status': [422, 'There is no such status', '/status_id: The account has no such status.'],
  forbidden: [403, 'That is kept for administrators', 'That is kept for administrators.'],
  'interaction-not-settled': [
    409,
    'Nothing became of the interaction',
    'The interaction waits in quarantine for a person: release or reject it first.',
  ],
  'case-closed': [409, 'The case is closed', 'The case is closed for good: open a follow-up of it.'],
  'case-deleted': [409, 'The case is in the trash', 'The case is in the trash: restore it first.'],
  'case-resolved': [409, 'The case is resolved', 'The case is resolved: reopen it in the same request.'],
  'subcases-unresolved': [409, 'Subcases are not resolved', 'Some of its subcases are not resolved.'],
  'task-needs-assignee': [409, 'A task is somebody’s', 'A task has an assignee: name another one.'],
  'problem-has-incidents': [409, 'The problem has incidents', 'The case has incidents that are not resolved.'],
  'problem-already-resolved': [409, 'The problem is resolved', 'The problem is resolved already.'],
  'merge-not-allowed': [409, 'The cases cannot be merged', '/source_ids/0: A closed case cannot be merged.'],
  'cross-requester-merge': [409, 'The cases are of different requesters', 'Confirm it with confirm_cross_requester.'],
  'comment-redacted': [409, 'The comment is redacted', 'What the comment said was taken away for good.'],
  'not-in-trash': [409, 'The case is not in the trash', 'Only what is in the trash is purged: delete it first.'],
  'legal-hold': [409, 'A legal hold keeps the case', 'A legal hold keeps it: end the hold first.'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, example: string]>>;

export type RuleProblemCode = keyof typeof RULE_PROBLEMS;

const CODES = Object.keys(RULE_PROBLEMS) as RuleProblemCode[];

function inEach<Part>(partOf: (code: RuleProblemCode) => Part): Readonly<Record<RuleProblemCode, Part>> {
  return Object.fromEntries(CODES.map((code) => [code, partOf(code)])) as Record<RuleProblemCode, Part>;
}

export const RULE_TITLES = inEach((code) => [RULE_PROBLEMS[code][0], RULE_PROBLEMS[code][1]] as const);
export const RULE_EXAMPLES = inEach((code): string => RULE_PROBLEMS[code][2]);
