import type { CaseState, Category } from '../case/case-state.js';
import type { Turn } from '../decision/effects.js';
import type { AssignmentEvidence } from '../decision/evidence.js';
import type { Agent, Group, Snapshot } from '../decision/snapshot.js';
import { chooseAssignee, nextTurnIn, stickyContact } from '../people/assignee.js';
import { workOf } from '../decision/work.js';
import type { Circumstances } from './circumstances.js';
import { agentBehind } from './command.js';
import type { HeardWish } from './hear-wish.js';
import type { From } from './status-machine.js';

/** Where a case is, and who has it. */
export interface Place {
  readonly groupId: string;
  readonly assigneeId: string | null;
  readonly autoAssign: boolean;
  /** What a strategy said, when one was asked. */
  readonly assignment: AssignmentEvidence | null;
  readonly turn: Turn | null;
}

/** A case before a command, where it is in the table, and what is wished for it. */
export interface Asked {
  readonly before: CaseState;
  readonly from: From;
  readonly wish: HeardWish;
  /** Whoever wishes it leaves it to the group's strategy who is to have the case. */
  readonly auto?: boolean;
}

/**
 * Group and assignee (domain.md §9), first hit wins:
 * 1. whom somebody names, or nobody when that is said;
 * 2. the agent who resolves a case that nobody has;
 * 3. whom the strategy chooses, for a new case, for one that changes its group while nobody has it, and where that is
 *    asked for;
 * 4. whoever has the case.
 */
export function placeAfter(asked: Asked, circumstances: Circumstances): Place {
  const { before, wish } = asked;
  const groupId = groupAfter(asked, circumstances);
  const moved = groupId !== before.groupId;
  if (wish.assignee !== undefined) {
    const assigneeId = wish.assignee?.id ?? null;
    return { ...byHand(groupId, assigneeId, asked, circumstances), autoAssign: assigneeId !== null };
  }
  const self = takesItself(asked, circumstances);
  if (self !== null) {
    return { ...byHand(groupId, self, asked, circumstances), autoAssign: true };
  }
  if (asksStrategy(asked, moved)) {
    return byStrategy(groupId, asked, circumstances);
  }
  const autoAssign = before.autoAssign || moved;
  return { groupId, assigneeId: before.assigneeId, autoAssign, assignment: null, turn: null };
}

function groupAfter({ before, from, wish }: Asked, { snapshot }: Circumstances): string {
  if (wish.group !== undefined || from !== 'nothing') {
    return wish.group?.id ?? before.groupId;
  }
  const { defaultGroupId } = snapshot.account;
  const agent = wish.assignee ?? null;
  const fits = agent === null || isMember(agent.id, snapshot.groups.get(defaultGroupId));
  return fits ? defaultGroupId : (agent.defaultGroupId ?? defaultGroupId);
}

function byHand(groupId: string, assigneeId: string | null, { before }: Asked, { snapshot, moment }: Circumstances) {
  const group = snapshot.groups.get(groupId);
  const isNew = assigneeId !== null && assigneeId !== before.assigneeId;
  const turn = isNew && group !== undefined ? nextTurnIn(group, assigneeId, moment.now) : null;
  return { groupId, assigneeId, assignment: null, turn };
}

/** The agent who resolves what nobody has, takes it (domain.md §4). */
function takesItself({ before, from, wish }: Asked, { asker }: Circumstances): string | null {
  const resolves = wish.category === 'resolved' && from !== 'resolved' && from !== 'nothing';
  return resolves && before.assigneeId === null ? agentBehind(asker) : null;
}

function asksStrategy({ before, from, wish, auto }: Asked, moved: boolean): boolean {
  if (from === 'nothing') {
    return wish.category === undefined && wish.type !== 'task';
  }
  return auto === true || (moved && before.assigneeId === null && before.category === 'new');
}

function byStrategy(groupId: string, asked: Asked, { snapshot, moment }: Circumstances): Place {
  const { before, wish } = asked;
  const requester = wish.requester?.requester ?? before.requester;
  const { confidence } = wish.requester?.match ?? before.requesterMatch;
  const contactId = stickyContact(requester, confidence);
  const question = { groupId, contactId, answeredBy: null, channel: workOf(before), now: moment.now };
  const choice = chooseAssignee(question, snapshot);
  // Nobody is taken away from a case because the strategy found nobody.
  const assigneeId = choice.agentId ?? before.assigneeId;
  const turn = assigneeId === before.assigneeId ? null : choice.turn;
  return { groupId, assigneeId, autoAssign: true, assignment: choice.evidence, turn };
}

/** I-2, checked where assignee, group or category change: an active member of the group has the case. */
export function checkPlace(
  { before, from, wish }: Asked,
  { groupId, assigneeId }: Place,
  category: Category,
  { snapshot, findings }: Circumstances,
): void {
  const reassigned = assigneeId !== before.assigneeId || groupId !== before.groupId || from === 'nothing';
  const isChecked = reassigned || (category !== before.category && category !== 'resolved');
  if (assigneeId === null || !isChecked) {
    return;
  }
  const agent = snapshot.agentsById.get(assigneeId);
  const fits = agent?.active === true && isMember(assigneeId, snapshot.groups.get(groupId));
  if (fits) {
    return;
  }
  if (from === 'resolved' && wish.assignee === undefined) {
    const detail = 'Whoever had the case cannot go on with it: name an assignee.';
    return findings.fault('/assignee_id', 'assignee-required', detail);
  }
  complain(agent, wish, { findings });
}

function complain(agent: Agent | undefined, wish: HeardWish, { findings }: Pick<Circumstances, 'findings'>): void {
  if (agent?.active !== true) {
    const detail = 'The agent is not active any more: name another one.';
    return findings.fault('/assignee_id', 'agent-inactive', detail);
  }
  const pointer = wish.assignee === undefined && wish.group !== undefined ? '/group_id' : '/assignee_id';
  const detail = 'The assignee is no member of the group: name another one, or make the agent a member.';
  findings.fault(pointer, 'assignee-not-in-group', detail);
}

export function isMember(agentId: string, group: Group | undefined): boolean {
  return group?.members.some((member) => member.agentId === agentId) === true;
}

/** An agent who may have cases of the group. */
export function fitsGroup(agentId: string, groupId: string, snapshot: Snapshot): boolean {
  return snapshot.agentsById.get(agentId)?.active === true && isMember(agentId, snapshot.groups.get(groupId));
}
