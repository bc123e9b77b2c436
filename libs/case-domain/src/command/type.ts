import type { CaseState, CaseType } from '../case/case-state.js';
import type { CaseFields } from '../case/change.js';
import { noonIn } from '../case/noon.js';
import type { Circumstances } from './circumstances.js';
import type { HeardWish } from './hear-wish.js';
import type { Asked } from './place.js';
import { liveIncidentsOf, subcasesIn } from './relatives.js';

/** The most live incidents of a problem: as many resolve with it in one transaction. */
export const MOST_INCIDENTS = 5000;

/** Type, due date, problem and parent (domain.md §7, I-6 to I-8, I-17). */
export function typeAfter(asked: Asked, assigneeId: string | null, circumstances: Circumstances): CaseFields {
  const { before, wish } = asked;
  const type = wish.type === undefined ? before.type : wish.type;
  if (
    before.type === 'problem' &&
    type !== 'problem' &&
    liveIncidentsOf(before.id, circumstances.snapshot).length > 0
  ) {
    const detail = 'It has incidents: link them to another problem before it stops being one.';
    circumstances.findings.conflict('problem-has-incidents', detail);
  }
  if (type === 'task' && assigneeId === null) {
    checkTaskOwner(asked, circumstances);
  }
  return {
    type,
    ...dueAfter(asked, type, circumstances),
    problemId: problemAfter(asked, type, circumstances),
    parentId: parentAfter(asked, circumstances),
  };
}

function checkTaskOwner({ before, wish }: Asked, { findings }: Circumstances): void {
  if (before.type === 'task' && wish.assignee === null) {
    findings.conflict('task-needs-assignee', 'A task is always somebody’s: give it to another agent.');
  } else {
    findings.fault('/assignee_id', 'assignee-required', 'A task is always somebody’s: name an assignee.');
  }
}

function dueAfter({ before, wish }: Asked, type: CaseType | null, { snapshot, findings }: Circumstances): CaseFields {
  if (type !== 'task') {
    if (wish.dueOn !== undefined && wish.dueOn !== null) {
      findings.fault('/due_on', 'due-date-not-allowed', 'Only a task has a due date: make it one, or leave this out.');
    }
    return { dueOn: null, dueAt: null, dueTimeZone: null };
  }
  const dueOn = wish.dueOn === undefined ? before.dueOn : wish.dueOn;
  if (dueOn === null) {
    findings.fault('/due_on', 'due-date-required', 'A task has a due date: say on which day.');
    return {};
  }
  if (dueOn === before.dueOn) {
    return {};
  }
  const dueTimeZone = snapshot.account.timeZone;
  const dueAt = noonIn(dueTimeZone, dueOn);
  if (dueAt === null) {
    findings.fault(
      '/due_on',
      'due-date-not-in-zone',
      `There is no noon on ${dueOn} in ${dueTimeZone}: choose another day.`,
    );
    return {};
  }
  return { dueOn, dueAt, dueTimeZone };
}

function problemAfter({ before, wish }: Asked, type: CaseType | null, circumstances: Circumstances): string | null {
  const { findings, snapshot } = circumstances;
  const problemId = wish.problem === undefined ? before.problemId : (wish.problem?.id ?? null);
  if (type !== 'incident') {
    if (problemId !== null) {
      const detail = 'Only an incident belongs to a problem: make it one, or set problem_id to null.';
      findings.fault('/problem_id', 'problem-not-allowed', detail);
    }
    return problemId;
  }
  if (problemId === null && snapshot.account.incidentRequiresProblem) {
    findings.fault('/problem_id', 'problem-required', 'An incident belongs to a problem: name it, or change the type.');
  }
  if (wish.problem && problemId !== before.problemId) {
    checkProblem(before, wish.problem, circumstances);
  }
  return problemId;
}

function checkProblem(before: CaseState, problem: CaseState, { findings, snapshot }: Circumstances): void {
  if (problem.type !== 'problem' || problem.id === before.id || problem.deletedAt !== null) {
    findings.fault('/problem_id', 'not-a-problem', 'This case is no problem: name one that is, and not in the trash.');
  } else if (problem.closedAt !== null || problem.category === 'resolved') {
    findings.conflict('problem-already-resolved', 'The problem is resolved already: reopen it, or name another one.');
  } else if ((snapshot.incidentCounts.get(problem.id) ?? 0) >= MOST_INCIDENTS) {
    findings.conflict('limit-reached', `A problem has at most ${MOST_INCIDENTS} live incidents.`);
  }
}

function parentAfter({ before, wish }: Asked, circumstances: Circumstances): string | null {
  const { parent } = wish;
  if (parent === undefined || parent === null || parent.id === before.parentId) {
    return parent === undefined ? before.parentId : (parent?.id ?? null);
  }
  const refused = whyNoParent(before, parent, circumstances);
  if (refused !== null) {
    circumstances.findings.fault('/parent_id', 'parent-not-allowed', refused);
  }
  return parent.id;
}

function whyNoParent(before: CaseState, parent: CaseState, { snapshot }: Circumstances): string | null {
  if (parent.id === before.id) {
    return 'A case is no part of itself.';
  }
  if (parent.closedAt !== null || parent.deletedAt !== null) {
    return 'The case is closed or in the trash: name one that lives.';
  }
  if (parent.parentId !== null) {
    return 'The case is a subcase itself: name its parent.';
  }
  return subcasesIn(snapshot, before.id).length > 0 ? 'This case has subcases of its own, if only in the trash.' : null;
}

/** What is taken over as it was wished for. */
export function plainFields(before: CaseState, wish: HeardWish): CaseFields {
  return {
    subject: wish.subject ?? before.subject,
    description: wish.description ?? before.description,
    priority: wish.priority === undefined ? before.priority : wish.priority,
    tags: wish.tags ?? before.tags,
    participants: wish.participants ?? before.participants,
    excludeFromAutoClose: wish.excludeFromAutoClose ?? before.excludeFromAutoClose,
  };
}
