import type { CaseState, RequesterConfidence } from '../case/case-state.js';
import type { Turn } from '../decision/effects.js';
import type { RuledAssignment } from '../decision/assignment-rules.js';
import type { AssignmentEvidence } from '../decision/evidence.js';
import type { Group, Member, Snapshot } from '../decision/snapshot.js';
import { chooseByStrategy, hasRoom, isActive, isCandidate } from './strategy.js';
import type { WorkChannel } from '../decision/work.js';

const DAY = 24 * 60 * 60 * 1000;

/** Whom a case is for, as far as stickiness may use it. */
export interface AssignmentQuestion {
  readonly groupId: string;
  /** Contact whose last assignee may be asked again; null when nothing may be concluded from the requester. */
  readonly contactId: string | null;
  /** Who wants the case; nobody unless told. */
  readonly wantedBy?: string | null;
  /** Who talked with the customer; null where nobody did, or where it is not known who. */
  readonly answeredBy: string | null;
  /** For which an agent must be online. */
  readonly channel: WorkChannel;
  /** The case has waited, and it is its turn: nothing goes before it. A case that just came waits behind those that do. */
  readonly hasWaited?: boolean;
  /** Who gives the case away; nobody unless told. */
  readonly without?: string | null;
  /** What assignment rules say; nothing unless told. */
  readonly ruled?: RuledAssignment | null;
  readonly now: string;
}

export interface AssignmentChoice {
  readonly agentId: string | null;
  readonly evidence: AssignmentEvidence;
  /** The turn that was used up, when the case is now the agent's. */
  readonly turn: Turn | null;
}

/**
 * Chooses an assignee where no person did (domain.md §9), first hit wins:
 * 1. A1 nobody, where an agent of the group is about to take the case in the call bar
 * 2. A2 the agent who talked with the customer, whatever else they have to do, as a member of the group
 * 3. A4 whom an assignment rule names, as a member of the group, whatever else they have to do
 * 4. A5 the last assignee of this requester in this group
 * 5. A6 the group's strategy, or the one that a rule names; A7 nobody, and the case waits for its turn
 * A0, whom a person names, and A3, who has the case already, are asked before anybody is chosen.
 */
export function chooseAssignee(question: AssignmentQuestion, snapshot: Snapshot): AssignmentChoice {
  const { answeredBy, wantedBy = null, ruled = null } = question;
  const group = asRuled(snapshot.groups.get(question.groupId), ruled);
  if (group === undefined) {
    return nobody(null, 0, 'the group has no members');
  }
  if (wantedBy !== null && memberOf(wantedBy, group) !== null && isActive(wantedBy, snapshot)) {
    return nobody(null, 1, 'is left to the agent who wants it in the call bar');
  }
  if (answeredBy !== null && memberOf(answeredBy, group) !== null && isActive(answeredBy, snapshot)) {
    return chosen(answeredBy, group, question.now, {
      rule: 'A2',
      strategy: null,
      candidatesCount: 1,
      chosenBecause: 'talked with the customer',
    });
  }
  const named = ruled?.assigneeId ?? null;
  if (named !== null && memberOf(named, group) !== null && isActive(named, snapshot)) {
    return chosen(named, group, question.now, BY_RULE);
  }
  const sticky = stickyMember(question, group, snapshot);
  if (sticky !== null) {
    return chosen(sticky, group, question.now, {
      rule: 'A5',
      strategy: 'sticky',
      candidatesCount: 1,
      chosenBecause: 'looked after this requester last',
    });
  }
  return byStrategy(question, group, snapshot);
}

function byStrategy(question: AssignmentQuestion, group: Group, snapshot: Snapshot): AssignmentChoice {
  const { strategy } = group;
  const { agentId, candidatesCount, passedOver } = chooseByStrategy(group, workOf(question), snapshot);
  if (strategy === 'manual' || !group.active) {
    return nobody(strategy, 0, group.active ? 'the group assigns by hand' : 'the group is not active');
  }
  if (agentId !== null && othersWait(question, group)) {
    return nobody(strategy, candidatesCount, 'cases that came before it wait');
  }
  const among = passedOver === '' ? '' : ` (${passedOver})`;
  if (agentId === null) {
    return nobody(strategy, 0, `nobody can take it now${among}`);
  }
  const chosenBecause = `first by ${strategy}${among}`;
  return chosen(agentId, group, question.now, { rule: 'A6', strategy, candidatesCount, chosenBecause });
}

/** Whether cases of its kind wait in the group already: those go first (domain.md §16). */
function othersWait({ channel, hasWaited = false }: AssignmentQuestion, group: Group): boolean {
  return !hasWaited && group.waiting.includes(channel);
}

function workOf({ channel, without = null }: AssignmentQuestion) {
  return { channel, without };
}

const BY_RULE: AssignmentEvidence = {
  rule: 'A4',
  strategy: null,
  candidatesCount: 1,
  chosenBecause: 'named by an assignment rule',
};

/** The group with the strategy that a rule names. */
function asRuled(group: Group | undefined, ruled: RuledAssignment | null): Group | undefined {
  const strategy = ruled?.strategy ?? null;
  return group === undefined || strategy === null ? group : { ...group, strategy };
}

/** The assignee of an existing case when it may stay: active and still a member of the case's group. */
export function keptAssignee(state: CaseState, snapshot: Snapshot): string | null {
  const { assigneeId, groupId } = state;
  const member = assigneeId !== null && memberOf(assigneeId, snapshot.groups.get(groupId)) !== null;
  return member && isActive(assigneeId, snapshot) ? assigneeId : null;
}

/** Contact that stickiness may look at: neither an anonymous caller nor one of several behind a shared line. */
export function stickyContact(requester: CaseState['requester'], confidence: RequesterConfidence): string | null {
  const one = requester.kind === 'contact' && confidence !== 'anonymous' && confidence !== 'ambiguous';
  return one ? requester.id : null;
}

/** Whoever has room for a case that waits already is left to it. */
function stickyMember(question: AssignmentQuestion, group: Group, snapshot: Snapshot): string | null {
  const last = snapshot.sticky.get(`${question.contactId}\n${question.groupId}`);
  if (question.contactId === null || last === undefined || last.agentId === question.without) {
    return null;
  }
  const recent = Date.parse(question.now) - Date.parse(last.at) <= snapshot.account.stickyDays * DAY;
  const member = memberOf(last.agentId, group);
  const usable = member !== null && hasRoom(member) && isActive(member.agentId, snapshot) && group.active;
  if (!usable || !recent || snapshot.account.stickyDays === 0) {
    return null;
  }
  const awaited = othersWait(question, group) && isCandidate(member, group, workOf(question), snapshot);
  return awaited ? null : last.agentId;
}

function memberOf(agentId: string, group: Group | undefined): Member | null {
  return group?.members.find((member) => member.agentId === agentId) ?? null;
}

function chosen(agentId: string, group: Group, now: string, evidence: AssignmentEvidence): AssignmentChoice {
  return { agentId, evidence, turn: nextTurnIn(group, agentId, now) };
}

/** The turn that an agent of the group uses up by being given a case. */
export function nextTurnIn(group: Group, agentId: string, now: string): Turn {
  return { groupId: group.id, agentId, at: nextTurn(group, now) };
}

function nobody(strategy: string | null, candidatesCount: number, chosenBecause: string): AssignmentChoice {
  return { agentId: null, evidence: { rule: 'A7', strategy, candidatesCount, chosenBecause }, turn: null };
}

/** Turns of one group never share an instant: many are taken within one millisecond, and a tie would favour one agent. */
function nextTurn(group: Group, now: string): string {
  const latest = group.members.reduce((last, member) => maximum(last, member.lastAssignedAt ?? ''), '');
  return latest < now ? now : new Date(Date.parse(latest) + 1).toISOString();
}

function maximum(left: string, right: string): string {
  return left < right ? right : left;
}
