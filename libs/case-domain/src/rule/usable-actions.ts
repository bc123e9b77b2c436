import type { RuleActions } from '../decision/assignment-rules.js';
import type { RuleSkip } from '../decision/evidence.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { RuleActionName } from './read-rule.js';

/** Why an action cannot be carried out by now; null where it can. */
export function whyUnusable(
  action: RuleActionName,
  { groupId = '', assigneeId = '', problemId, type }: RuleActions,
  snapshot: Snapshot,
): RuleSkip['because'] | null {
  switch (action) {
    case 'group_id':
      return snapshot.groups.get(groupId)?.active === true ? null : 'inactive';
    case 'assignee_id':
      return snapshot.agentsById.get(assigneeId)?.active === true ? null : 'inactive';
    case 'problem_id':
      return isOpenProblem(problemId, snapshot) ? null : 'not_a_problem';
    case 'type':
      // I-7: an incident belongs to a problem.
      return type === 'incident' && snapshot.account.incidentRequiresProblem && !isOpenProblem(problemId, snapshot)
        ? 'problem_required'
        : null;
    default:
      return null;
  }
}

function isOpenProblem(problemId: string | undefined, { cases }: Snapshot): boolean {
  const problem = problemId === undefined ? undefined : cases.get(problemId);
  return (
    problem?.type === 'problem' &&
    problem.deletedAt === null &&
    problem.closedAt === null &&
    problem.category !== 'resolved'
  );
}
