import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';

/** Fields of a case that later facts may revise, as events name them. */
export const REVISED_FIELDS = [
  'subject',
  'description',
  'source',
  'requester',
  'groupId',
  'priority',
  'type',
  'assigneeId',
] as const satisfies readonly (keyof CaseState)[];
export type RevisedField = (typeof REVISED_FIELDS)[number];

/** Whose change of a field was the last: an interaction's, by its id; `call_bar`; `by_hand`; null where nothing ever set it. */
export function setterOf(caseId: string, field: RevisedField, snapshot: Snapshot): string | null {
  const changes = snapshot.changes.get(caseId) ?? [];
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index];
    if (change?.changes.some((one) => one.field === field) && !(CONTACT_CHANGE in change.details)) {
      return change.interactionId ?? (CALL_BAR_EVENT in change.details ? BY_CALL_BAR : BY_HAND);
    }
  }
  return snapshot.setters.get(caseId)?.get(field) ?? null;
}

/** A person, a rule or a client of the API: whatever no interaction caused, and nothing that was pressed in a call bar. */
export const BY_HAND = 'by_hand';
/** An agent who pressed something in a call bar. */
export const BY_CALL_BAR = 'call_bar';
/** In the details of such a change: which event it was. */
export const CALL_BAR_EVENT = 'callbar_event_id';
/** In the details of a change that follows from what was told of contacts: it sets nothing, whoever set it before still has. */
export const CONTACT_CHANGE = 'contact_change';
