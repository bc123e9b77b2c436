import { CASE_FIELD_NAMES, CASE_FIELDS } from './case-fields.js';
import { legacyStatus, type CaseState } from './case-state.js';
import type { CaseChange } from './case-change.js';

const NAMES = CASE_FIELD_NAMES.map((field) => [field, CASE_FIELDS[field].name] as const);

const NAMES_WITH_EVENTS = NAMES.filter(([field]) => field !== 'description');

/** The name under which topics and the API show a field of a case; a field that is not known keeps its own. */
export function publicFieldName(field: string): string {
  return Object.hasOwn(CASE_FIELDS, field) ? CASE_FIELDS[field as keyof CaseState].name : field;
}

/** A case as the topic `case.state.v1` and the API show it. */
export function caseStateData(state: CaseState): Record<string, unknown> {
  return dataOf(state, NAMES);
}

function dataOf(state: CaseState, names: typeof NAMES): Record<string, unknown> {
  const data: Record<string, unknown> = { legacy_status: legacyStatus(state) };
  for (const [field, name] of names) {
    data[name] = state[field];
  }
  return data;
}

/**
 * The data of one event on `case.events.v1` (events.md §3): the case after the change, and the difference. The
 * description travels in the change that sets it and in the case's state, not with every event.
 */
export function eventData(state: CaseState, change: CaseChange): Record<string, unknown> {
  const { via, ...details } = change.details;
  return {
    case: dataOf(state, NAMES_WITH_EVENTS),
    changes: change.changes.map(({ field, from, to }) => ({ field: CASE_FIELDS[field].name, from, to })),
    actor: change.actor,
    via: via ?? state.via,
    interaction_id: change.interactionId,
    details,
  };
}
