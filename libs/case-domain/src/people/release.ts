import type { Cause } from '../case/case-change.js';
import { type CaseState, isLive } from '../case/case-state.js';
import { changeCase, type CaseFields, type Changed } from '../case/change.js';
import { type Effects, effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';
import { chooseAssignee, keptAssignee, stickyContact } from './assignee.js';
import { waitsForAssignee, workOf } from '../decision/work.js';

/** Tag of a task whose assignee cannot go on with it: a task is always somebody's (I-6), so it is told and not taken away. */
export const ASSIGNEE_GONE = 'assignee_gone';
const MOST_TAGS = 50;

/** Why a case changes hands. */
export type Leaving =
  /** The agent is not active any more, or, where a group is named, no member of that one. */
  | { readonly who: 'agent'; readonly agentId: string; readonly groupId: string | null }
  /** The group is not used any more. */
  | { readonly who: 'group'; readonly groupId: string; readonly toGroupId: string };

/**
 * What becomes of a case that its agent or its group leaves (domain.md §9): unless it is resolved it is new again, in its
 * group or the one that takes over, and is given to somebody by A4 to A7. A task is flagged. An agent who fits the group
 * that takes over keeps the case. Nothing where the case is no business of who leaves.
 */
export function releaseCase(state: CaseState, leaving: Leaving, snapshot: Snapshot, cause: Cause): Effects {
  if (!isLive(state) || state.category === 'resolved' || !concerns(leaving, state)) {
    return NO_EFFECTS;
  }
  const groupId = leaving.who === 'group' ? leaving.toGroupId : state.groupId;
  const because = { released_because: reasonOf(leaving) };
  if (
    leaving.who === 'group' &&
    (state.assigneeId === null || keptAssignee({ ...state, groupId }, snapshot) !== null)
  ) {
    return place(state, { groupId }, 'group_changed', { leaving, snapshot, cause, details: because });
  }
  if (state.type === 'task') {
    return effectsOf({ cases: [flagged(state, groupId, { ...cause, details: { ...cause.details, ...because } })] });
  }
  const { new: statusId } = snapshot.account.defaultStatus;
  const fields: CaseFields = { groupId, assigneeId: null, autoAssign: true, category: 'new', statusId };
  return place(state, fields, 'unassigned', { leaving, snapshot, cause, details: because });
}

function concerns(leaving: Leaving, { assigneeId, groupId }: CaseState): boolean {
  return leaving.who === 'group'
    ? groupId === leaving.groupId
    : assigneeId === leaving.agentId && (leaving.groupId === null || leaving.groupId === groupId);
}

function reasonOf(leaving: Leaving): string {
  if (leaving.who === 'group') {
    return 'group_deactivated';
  }
  return leaving.groupId === null ? 'agent_deactivated' : 'member_removed';
}

interface Circumstance {
  readonly leaving: Leaving;
  readonly snapshot: Snapshot;
  readonly cause: Cause;
  readonly details: Cause['details'];
}

/** The change, and who is given the case then. */
function place(
  state: CaseState,
  fields: CaseFields,
  kind: 'unassigned' | 'group_changed',
  { leaving, snapshot, cause, details }: Circumstance,
): Effects {
  const after: CaseState = { ...state, ...fields };
  if (!waitsForAssignee(after)) {
    return effectsOf({
      cases: [changeCase(state, kind, fields, { ...cause, details: { ...cause.details, ...details } })],
    });
  }
  const question = {
    groupId: after.groupId,
    contactId: stickyContact(after.requester, after.requesterMatch.confidence),
    answeredBy: null,
    channel: workOf(after),
    without: leaving.who === 'agent' ? leaving.agentId : null,
    now: cause.at,
  };
  const { agentId, evidence, turn } = chooseAssignee(question, snapshot);
  const why = { ...cause.details, ...details, ...(agentId === null ? { assignment: evidence } : {}) };
  const released = changeCase(state, kind, fields, { ...cause, details: why });
  if (agentId === null) {
    return effectsOf({ cases: [released] });
  }
  const given = { assigneeId: agentId, category: 'open', statusId: snapshot.account.defaultStatus.open } as const;
  const assigned = changeCase(released.state, 'assigned', given, {
    ...cause,
    details: { ...cause.details, assignment: evidence },
  });
  return effectsOf({ cases: [released, assigned], turns: turn === null ? [] : [turn] });
}

function flagged(state: CaseState, groupId: string, cause: Cause): Changed {
  const isFull = state.tags.length >= MOST_TAGS || state.tags.includes(ASSIGNEE_GONE);
  const tags = isFull ? state.tags : [...state.tags, ASSIGNEE_GONE];
  return changeCase(state, groupId === state.groupId ? 'tags_changed' : 'group_changed', { groupId, tags }, cause);
}
