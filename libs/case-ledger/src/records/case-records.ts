import {
  type CaseChange,
  caseEventId,
  type CaseNames,
  caseStateData,
  type CaseState,
  eventData,
  type ShownCase,
} from '#libs/case-domain';
import type { CaseEventRow, OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, cloudEventHeaders, derivedEventId, sequenceOf } from '#libs/interaction';

const sourceOf = (accountId: string): string => `/accounts/${accountId}/case-service`;

/** The row of a change in the case's history. */
export function caseEventRow(caseId: string, seq: number, change: CaseChange): CaseEventRow {
  return {
    id: caseEventId(caseId, seq),
    caseId,
    seq,
    kind: change.kind,
    occurredAt: change.occurredAt,
    actor: JSON.stringify(change.actor),
    onBehalfOf: change.onBehalfOf === undefined ? null : JSON.stringify(change.onBehalfOf),
    changes: JSON.stringify(change.changes),
    details: JSON.stringify(change.details),
    interactionId: change.interactionId,
    causeEventId: change.causeEventId ?? null,
  };
}

/** A change and the case right after it. */
export interface ToldChange extends ShownCase {
  readonly change: CaseChange;
}

/** The record of a change on `case.events.v1`, with the case right after it. */
export function caseEventRecord(told: ToldChange, names: CaseNames): OutboxRecord {
  const { state, change } = told;
  return {
    topic: CASE_EVENTS_TOPIC,
    key: state.id,
    value: JSON.stringify(eventData(told, change, names)),
    headers: caseEventHeaders(state, change),
  };
}

export function caseEventHeaders(state: CaseState, change: CaseChange): Record<string, string> {
  const { interactionId, causeEventId } = change;
  return cloudEventHeaders({
    id: caseEventId(state.id, state.version),
    source: sourceOf(state.accountId),
    type: `io.casewright.case.${change.kind}.v1`,
    subject: `cases/${state.id}`,
    time: change.occurredAt,
    dataSchema: '/schemas/case-event.v1.json',
    accountId: state.accountId,
    partitionKey: state.id,
    sequence: sequenceOf(state.version),
    correlationId: interactionId ?? undefined,
    causationId: causeEventId ?? interactionId ?? undefined,
    recordedTime: change.at,
  });
}

/** The record of a case's latest state on `case.state.v1`. */
export function caseStateRecord(shown: ShownCase, names: CaseNames): OutboxRecord {
  const { state } = shown;
  return {
    topic: CASE_STATE_TOPIC,
    key: state.id,
    value: JSON.stringify(caseStateData(shown, names)),
    headers: caseStateHeaders(state),
  };
}

export function caseStateHeaders(state: CaseState): Record<string, string> {
  return cloudEventHeaders({
    id: derivedEventId(state.id, 'state', state.version.toString()),
    source: sourceOf(state.accountId),
    type: 'io.casewright.case.state.v1',
    subject: `cases/${state.id}`,
    time: state.updatedAt,
    dataSchema: '/schemas/case-state.v1.json',
    accountId: state.accountId,
    partitionKey: state.id,
    sequence: sequenceOf(state.version),
  });
}
