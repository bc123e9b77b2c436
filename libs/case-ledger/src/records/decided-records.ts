import type { AnnouncedInteraction, InteractionRow, OutboxRecord } from '#libs/case-store';
import { cloudEventHeaders, DECIDED_TOPIC, derivedEventId } from '#libs/interaction';

type Verb = 'applied' | 'recorded' | 'suspended' | 'rejected' | 'duplicate';

/** The record of a settled interaction on `interactions.decided.v1`. Its evidence is passed on as it was written. */
export function decidedRecord(
  accountId: string,
  settled: AnnouncedInteraction,
  caseNumber: string | null,
): OutboxRecord {
  const decidedAt = settled.decidedAt.toISOString();
  const facts = JSON.stringify({
    interaction_id: settled.id,
    channel: settled.channel,
    external_id: settled.externalId,
    direction: settled.direction,
    occurred_at: settled.occurredAt.toISOString(),
    received_at: settled.receivedAt.toISOString(),
    decided_at: decidedAt,
    outcome: settled.outcome,
    case_id: settled.caseId,
    case_number: caseNumber === null ? null : Number(caseNumber),
    visibility: settled.visibility,
  });
  const verb = verbOf(settled.outcome);
  return {
    topic: DECIDED_TOPIC,
    key: settled.id,
    value: `${facts.slice(0, -1)},"evidence":${settled.decision}}`,
    headers: headersOf(accountId, settled.id, verb, decidedAt, distinctionOf(settled.revision)),
  };
}

/** The first revision is told under the name that it had before there were others. */
function distinctionOf(revision: number): string {
  return revision === 1 ? '' : revision.toString();
}

function verbOf(outcome: string): Verb {
  if (outcome === 'suspended' || outcome === 'rejected' || outcome === 'duplicate') {
    return outcome;
  }
  return outcome.startsWith('recorded:') ? 'recorded' : 'applied';
}

/** The record of an interaction that waits for a person now. */
export function suspendedRecord(
  { accountId, now }: { readonly accountId: string; readonly now: string },
  row: Omit<InteractionRow, 'payload' | 'endpoints'>,
  revision: number,
): OutboxRecord {
  const { id, channel, externalId, direction, occurredAt, receivedAt } = row.interaction;
  const settled = { id, revision, channel, externalId, direction, outcome: row.outcome, decision: row.decision };
  const times = { occurredAt: new Date(occurredAt), receivedAt: new Date(receivedAt), decidedAt: new Date(now) };
  return decidedRecord(accountId, { ...settled, ...times, caseId: null, visibility: row.visibility }, null);
}

/** A delivery of a settled interaction through an address of ours that had not seen it. */
export interface Repetition {
  readonly interactionId: string;
  /** Null while its first delivery is being settled too. */
  readonly caseId: string | null;
  readonly endpoint: string;
}

/** The record of a repetition. */
export function duplicateRecord(accountId: string, repetition: Repetition, now: string): OutboxRecord {
  const { interactionId, caseId, endpoint } = repetition;
  const data = { interaction_id: interactionId, outcome: 'duplicate', case_id: caseId, endpoint, decided_at: now };
  return {
    topic: DECIDED_TOPIC,
    key: interactionId,
    value: JSON.stringify(data),
    headers: headersOf(accountId, interactionId, 'duplicate', now, endpoint),
  };
}

function headersOf(
  accountId: string,
  interactionId: string,
  verb: Verb,
  time: string,
  distinction = '',
): Record<string, string> {
  return cloudEventHeaders({
    id: derivedEventId(interactionId, verb, distinction),
    source: `/accounts/${accountId}/case-service`,
    type: `io.casewright.interaction.${verb}.v1`,
    subject: `interactions/${interactionId}`,
    time,
    dataSchema: '/schemas/interaction-decided.v1.json',
    accountId,
    partitionKey: interactionId,
    correlationId: interactionId,
  });
}
