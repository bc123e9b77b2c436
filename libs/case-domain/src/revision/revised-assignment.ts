import { setterOf } from '../family/setters.js';
import { answeringAgent } from '../people/answering-agent.js';
import { type AssignmentChoice, chooseAssignee, keptAssignee, stickyContact } from '../people/assignee.js';
import { workOf } from '../decision/work.js';
import { isOurs, type Known } from './known-family.js';

export type RevisedAssignment = AssignmentChoice;

/**
 * Whose case it is since: of the agent who talked last in the family (A2), in the group that it is in by now; where the
 * group is another one and its assignee no member, of whom that group chooses. Null leaves it to whoever has it; `stays`:
 * somebody else gave it to its assignee, who could not follow it into another group.
 */
export function revisedAssignment(
  known: Known,
  isOrigin: boolean,
  newGroupId: string | null,
): RevisedAssignment | 'stays' | null {
  const { state, view, snapshot, moment } = known;
  const isFree = isRules(known, isOrigin);
  const groupId = newGroupId ?? state.groupId;
  const fits =
    newGroupId === null || state.assigneeId === null || keptAssignee({ ...state, groupId }, snapshot) !== null;
  if (!isFree) {
    return fits ? null : 'stays';
  }
  const answeredBy = answeringAgent(view, snapshot)?.id ?? null;
  if (fits && (answeredBy === null || answeredBy === state.assigneeId)) {
    return null;
  }
  const contactId = stickyContact(state.requester, state.requesterMatch.confidence);
  const choice = chooseAssignee({ groupId, contactId, answeredBy, channel: workOf(state), now: moment.now }, snapshot);
  return choice.evidence.rule === 'A2' || !fits ? choice : null;
}

/** Whether the assignee is as the family left it; of a case that was there before, whether it is nobody's. */
function isRules(known: Known, isOrigin: boolean): boolean {
  const { assigneeId, autoAssign, type } = known.state;
  if (type === 'task' || (assigneeId === null && !autoAssign) || !isOurs(known, 'assigneeId')) {
    return false;
  }
  return isOrigin || assigneeId === null || isSetByFamily(known);
}

function isSetByFamily({ state, family, own, snapshot }: Known): boolean {
  const setter = setterOf(state.id, 'assigneeId', snapshot);
  return own.has('assigneeId') || family.some(({ id }) => id === setter);
}
