import type { Changed } from '#libs/case-domain';
import type { OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC } from '#libs/interaction';
import { caseEventHeaders, caseStateHeaders } from './case-records.js';

/** What is told of a case that was purged: that it was, by whom, and an end of its state. Nothing of it is said. */
export function purgedRecords({ state, change }: Changed): OutboxRecord[] {
  const { id, number, version } = state;
  const data = {
    case: { id, number: number === null ? null : Number(number), version },
    changes: [],
    actor: change.actor,
    on_behalf_of: change.onBehalfOf ?? null,
  };
  return [
    { topic: CASE_EVENTS_TOPIC, key: id, value: JSON.stringify(data), headers: caseEventHeaders(state, change) },
    { topic: CASE_STATE_TOPIC, key: id, value: null, headers: caseStateHeaders({ ...state, updatedAt: change.at }) },
  ];
}
