import type { CaseState, Category } from '../case/case-state.js';
import type { Agent, CaseStatus, Group } from '../decision/snapshot.js';
import type { AgentCalled, CaseCalled, GroupCalled } from './called.js';
import type { CaseWish } from './case-wish.js';
import type { Circumstances } from './circumstances.js';
import { agentCalled, caseCalled, groupCalled, statusCalled } from './names.js';
import { chosenParticipants } from './participants.js';
import { chosenRequester, type RequesterChoice } from './requester.js';

type Called =
  'status' | 'statusId' | 'problemId' | 'parentId' | 'groupId' | 'assigneeId' | 'requester' | 'participants';

/** A wish of which the account knows what it names. What it does not know is left out, and is a fault. */
export interface HeardWish extends Omit<CaseWish, Called> {
  readonly category?: Category;
  /** When one of the category was named. */
  readonly status?: CaseStatus;
  readonly problem?: CaseState | null;
  readonly parent?: CaseState | null;
  readonly group?: Group;
  readonly assignee?: Agent | null;
  readonly requester?: RequesterChoice;
  readonly participants?: readonly string[];
}

/** Looks up what a wish names. */
export function hearWish(wish: CaseWish, circumstances: Circumstances): HeardWish {
  const { status, statusId, problemId, parentId, groupId, assigneeId, requester, participants, ...plain } = wish;
  const heard = {
    ...plain,
    ...hearStatus({ status, statusId }, circumstances),
    problem: hearCase(problemId, '/problem_id', circumstances),
    parent: hearCase(parentId, '/parent_id', circumstances),
    group: groupId && hearGroup(groupId, circumstances),
    assignee: assigneeId && hearAgent(assigneeId, '/assignee_id', circumstances),
    requester: requester && chosenRequester(requester, circumstances),
    participants: participants && chosenParticipants(participants, circumstances),
  };
  return assigneeId === null ? { ...heard, assignee: null } : heard;
}

function hearStatus(
  { status, statusId }: Pick<CaseWish, 'status' | 'statusId'>,
  { snapshot, findings }: Circumstances,
): Pick<HeardWish, 'category' | 'status'> {
  if (status === 'closed') {
    findings.fault(
      '/status',
      'manual-close-forbidden',
      'Nobody closes a case by hand: resolve it, and it closes by itself.',
    );
    return {};
  }
  if (statusId === undefined) {
    return status === undefined ? {} : { category: status };
  }
  const named = statusCalled(statusId, snapshot);
  if (named === null) {
    findings.fault('/status_id', 'unknown-status', 'The account has no such status.');
    return status === undefined ? {} : { category: status };
  }
  if (status !== undefined && status !== named.category) {
    const detail = `The status is one of the category ${named.category}, and status says ${status}: leave one of them out.`;
    findings.fault('/status_id', 'status-mismatch', detail);
  }
  return { category: named.category, status: named };
}

function hearCase(
  called: CaseCalled | null | undefined,
  pointer: string,
  { snapshot, findings }: Circumstances,
): CaseState | null | undefined {
  const named = called && caseCalled(called, snapshot);
  if (called && !named) {
    findings.fault(pointer, 'unknown-case', 'The account has no such case.');
    return undefined;
  }
  return named;
}

function hearGroup(called: GroupCalled, { snapshot, findings }: Circumstances): Group | undefined {
  const group = groupCalled(called, snapshot.groups);
  if (group?.active !== true) {
    findings.fault('/group_id', 'unknown-group', 'The account has no such active group.');
    return undefined;
  }
  return group;
}

export function hearAgent(
  called: AgentCalled,
  pointer: string,
  { snapshot, findings }: Circumstances,
): Agent | undefined {
  const agent = agentCalled(called, snapshot);
  if (agent === null) {
    findings.fault(pointer, 'unknown-agent', 'The account has no such agent.');
    return undefined;
  }
  if (!agent.active) {
    findings.fault(pointer, 'agent-inactive', 'The agent is not active any more: name another one.');
  }
  return agent;
}
