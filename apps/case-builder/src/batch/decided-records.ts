import type { Decision } from '#libs/case-domain';
import type { OutboxRecord } from '#libs/case-store';
import { cloudEventHeaders, DECIDED_TOPIC, derivedEventId, type Interaction } from '#libs/interaction';
import type { Repetition } from './claim-interactions.js';
import { outcomeOf } from './outcome.js';

/** The record of a decision on `interactions.decided.v1`. `evidence` is JSON text: it is made once for row and record. */
export function decidedRecord(
  interaction: Interaction,
  decision: Decision,
  evidence: string,
  caseNumber: string | null,
  now: string,
): OutboxRecord {
  const facts = JSON.stringify({
    interaction_id: interaction.id,
    channel: interaction.channel,
    external_id: interaction.externalId,
    direction: interaction.direction,
    occurred_at: interaction.occurredAt,
    received_at: interaction.receivedAt,
    decided_at: now,
    outcome: outcomeOf(decision),
    ...placeOf(decision),
    case_number: caseNumber,
    requester: decision.requester,
    submitter: decision.submitter,
  });
  return {
    topic: DECIDED_TOPIC,
    key: interaction.id,
    value: `${facts.slice(0, -1)},"evidence":${evidence}}`,
    headers: headersOf(interaction.accountId, interaction.id, decision.kind === 'record' ? 'recorded' : 'applied', now),
  };
}

/** The record of a repetition through a further address. */
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

function placeOf(decision: Decision): Record<string, unknown> {
  switch (decision.kind) {
    case 'create':
      return { case_id: decision.state.id, visibility: 'public', related_case_id: decision.relation?.caseId ?? null };
    case 'attach':
      return { case_id: decision.state.id, visibility: decision.visibility, flags: decision.flags };
    case 'record':
      return { case_id: null, related_case_id: decision.relatedCaseId };
  }
}

function headersOf(
  accountId: string,
  interactionId: string,
  verb: 'applied' | 'recorded' | 'duplicate',
  now: string,
  distinction = '',
): Record<string, string> {
  return cloudEventHeaders({
    id: derivedEventId(interactionId, verb, distinction),
    source: `/accounts/${accountId}/case-service`,
    type: `io.casewright.interaction.${verb}.v1`,
    subject: `interactions/${interactionId}`,
    time: now,
    dataSchema: '/schemas/interaction-decided.v1.json',
    accountId,
    partitionKey: interactionId,
    correlationId: interactionId,
  });
}
