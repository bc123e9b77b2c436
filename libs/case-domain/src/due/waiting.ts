import type { Actor } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { AccountSetup, Snapshot } from '../decision/snapshot.js';
import { chooseAssignee, stickyContact } from '../people/assignee.js';
import { loadedBy, waitsForAssignee, workOf } from '../decision/work.js';

/** It may be the turn of a case that waits for an assignee. */
export interface WaitingDue {
  readonly due: 'waiting';
  readonly caseId: string;
  /** Its requester, whose last assignee may be asked again. */
  readonly contactId: string;
}

export type AssignedVerdict =
  { readonly outcome: 'assigned'; readonly caseId: string } | { readonly outcome: 'not_due' };

const TIMER: Actor = { kind: 'automation', id: null };

/** Gives a case that waits to somebody who can take it now (A4 to A6); it goes on waiting where there is nobody. */
export function waitingDue(
  { caseId }: Pick<WaitingDue, 'caseId'>,
  snapshot: Snapshot,
  now: string,
): Decision<AssignedVerdict, null> {
  const state = snapshot.cases.get(caseId);
  if (state === undefined || !waitsForAssignee(state)) {
    return { verdict: { outcome: 'not_due' }, effects: NO_EFFECTS, evidence: null };
  }
  const { groupId, requester, requesterMatch } = state;
  const contactId = stickyContact(requester, requesterMatch.confidence);
  const question = { groupId, contactId, answeredBy: null, channel: workOf(state), hasWaited: true, now };
  const { agentId, evidence, turn } = chooseAssignee(question, snapshot);
  if (agentId === null) {
    return { verdict: { outcome: 'not_due' }, effects: NO_EFFECTS, evidence: null };
  }
  const fields = { assigneeId: agentId, category: 'open', statusId: snapshot.account.defaultStatus.open } as const;
  const cause = { actor: TIMER, interactionId: null, at: now, occurredAt: now, details: { assignment: evidence } };
  return {
    verdict: { outcome: 'assigned', caseId },
    effects: effectsOf({
      cases: [changeCase(state, 'assigned', fields, cause)],
      turns: turn === null ? [] : [turn],
    }),
    evidence: null,
  };
}

/** What happened after which cases that wait may find somebody. */
export interface Wakes {
  /** Agents who have room for one more, or cases that they cannot go on with. */
  readonly agentIds: readonly string[];
  /** Groups in which a case began to wait. */
  readonly groupIds: readonly string[];
}

/** A case before a transaction and after it; null: it was not there, or is not any more. */
export type CasePassage = readonly [before: CaseState | null, after: CaseState | null];

/**
 * What a transaction says to those who give away cases that wait. That a case begins to wait is said too: whoever made room
 * at the same moment saw nothing of it.
 */
export function wakesOf(passages: readonly CasePassage[], setup: Pick<AccountSetup, 'groups' | 'agentsById'>): Wakes {
  const agentIds = new Set<string>();
  const groupIds = new Set<string>();
  const served = [...setup.groups.values()].filter(({ active, strategy }) => active && strategy !== 'manual');
  const ids = new Set(served.map(({ id }) => id));
  const serves = new Set(served.flatMap(({ members }) => members.map(({ agentId }) => agentId)));
  for (const [before, after] of passages) {
    const former = before === null ? null : loadedBy(before);
    if (former !== null && former !== (after === null ? null : loadedBy(after)) && serves.has(former)) {
      agentIds.add(former);
    }
    if (after !== null && beginsToWait(before, after) && ids.has(after.groupId)) {
      groupIds.add(after.groupId);
    }
    if (after !== null && isStranded(after, setup)) {
      agentIds.add(after.assigneeId);
    }
  }
  return { agentIds: [...agentIds], groupIds: [...groupIds] };
}

function beginsToWait(before: CaseState | null, after: CaseState): boolean {
  const waited = before !== null && waitsForAssignee(before) && before.groupId === after.groupId;
  return waitsForAssignee(after) && !waited;
}

/** Whether it came back to an agent who is gone: out of the trash. A task stays theirs until somebody takes it over. */
function isStranded(
  state: CaseState,
  { agentsById }: Pick<AccountSetup, 'agentsById'>,
): state is CaseState & { readonly assigneeId: string } {
  const { assigneeId, category, type, deletedAt } = state;
  const isWorkedOn = category !== 'new' && category !== 'resolved' && type !== 'task' && deletedAt === null;
  return isWorkedOn && assigneeId !== null && agentsById.get(assigneeId)?.active === false;
}
