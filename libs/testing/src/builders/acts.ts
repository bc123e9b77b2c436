import {
  changeCase,
  closeDue,
  type AccountRules,
  type CaseChangeKind,
  type CaseFields,
  type CaseState,
  type Changed,
} from '#libs/case-domain';
import { statusIdOf } from './account.js';

/** What people and timers do to cases between interactions. */
export const CASE_ACTS = ['own', 'wait', 'resolve', 'close', 'trash', 'merge'] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

export interface ActCircumstances {
  readonly now: string;
  readonly agentId: string;
  readonly account: AccountRules;
  /** The case that another one can end in, when there is one. */
  readonly other: CaseState | undefined;
}

/** The act of an agent, or of the timer that closes; null when the case does not allow it. */
export function actOn(state: CaseState, act: CaseAct, circumstances: ActCircumstances): Changed | null {
  const { now, agentId, account, other } = circumstances;
  const actor = { kind: 'agent', id: agentId } as const;
  const edit = (kind: CaseChangeKind, fields: CaseFields) =>
    changeCase(state, kind, fields, { actor, interactionId: null, at: now, occurredAt: now, details: {} });
  const unresolved = state.category !== 'resolved';
  const solved = { ...inCategory('resolved'), resolvedAt: now, resolution: 'Done' };
  switch (act) {
    case 'own':
      return unresolved ? edit('assigned', { ...inCategory('open'), assigneeId: agentId }) : null;
    case 'wait':
      return unresolved ? edit('status_changed', { ...inCategory('pending'), assigneeId: agentId }) : null;
    case 'resolve':
      return unresolved ? edit('resolved', { ...solved, resolutionSource: 'agent', assigneeId: agentId }) : null;
    case 'close':
      return closeDue(state, account, now);
    case 'trash':
      return edit('closed', { deletedAt: now });
    case 'merge':
      return other === undefined ? null : edit('closed', { ...solved, ...endedIn(other, now) });
  }
}

function inCategory(category: CaseState['category']): CaseFields {
  return { category, statusId: statusIdOf(category) };
}

function endedIn(other: CaseState, now: string): CaseFields {
  return { resolutionSource: 'merge', closedAt: now, closedReason: 'merged', mergedIntoId: other.id };
}
