import { type CaseChange, caseStateData, type CaseState, eventData } from '#libs/case-domain';
import type { CaseEventRow, OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, cloudEventHeaders, derivedEventId, sequenceOf } from '#libs/interaction';

/** One change that is or will be committed. */
export interface CommittedChange {
  /** `caseEventId` of the case and the version that the change made. */
  readonly id: string;
  readonly caseId: string;
  /** That version. */
  readonly seq: number;
  readonly change: CaseChange;
  readonly interactionId: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
}

const sourceOf = (accountId: string): string => `/accounts/${accountId}/case-service`;

/** Id of the event that made a version of a case. */
export function caseEventId(caseId: string, version: number): string {
  return derivedEventId(caseId, version.toString());
}

/** The row of a change in the case's history. */
export function caseEventRow(committed: CommittedChange): CaseEventRow {
  const { id, caseId, seq, change, interactionId, occurredAt } = committed;
  return {
    id,
    caseId,
    seq,
    kind: change.kind,
    occurredAt,
    actor: JSON.stringify(change.actor),
    changes: JSON.stringify(change.changes),
    details: JSON.stringify(change.details),
    interactionId,
  };
}

/** The record of a change on `case.events.v1`, with the case right after it. */
export function caseEventRecord(committed: CommittedChange & { readonly state: CaseState }): OutboxRecord {
  const { state, change, interactionId } = committed;
  return {
    topic: CASE_EVENTS_TOPIC,
    key: state.id,
    value: JSON.stringify(eventData(state, change, interactionId)),
    headers: cloudEventHeaders({
      id: committed.id,
      source: sourceOf(state.accountId),
      type: `io.casewright.case.${change.kind}.v1`,
      subject: `cases/${state.id}`,
      time: committed.occurredAt,
      dataSchema: '/schemas/case-event.v1.json',
      accountId: state.accountId,
      partitionKey: state.id,
      sequence: sequenceOf(state.version),
      correlationId: interactionId ?? undefined,
      causationId: interactionId ?? undefined,
      recordedTime: committed.recordedAt,
    }),
  };
}

/** The record of a case's latest state on `case.state.v1`. */
export function caseStateRecord(state: CaseState): OutboxRecord {
  return {
    topic: CASE_STATE_TOPIC,
    key: state.id,
    value: JSON.stringify(caseStateData(state)),
    headers: cloudEventHeaders({
      id: derivedEventId(state.id, 'state', state.version.toString()),
      source: sourceOf(state.accountId),
      type: 'io.casewright.case.state.v1',
      subject: `cases/${state.id}`,
      time: state.updatedAt,
      dataSchema: '/schemas/case-state.v1.json',
      accountId: state.accountId,
      partitionKey: state.id,
      sequence: sequenceOf(state.version),
    }),
  };
}
