import { cloudEventHeaders, DECIDED_TOPIC, derivedEventId } from '#libs/interaction';
import type { OutboxRecord } from './outbox-codec.js';
import type { SettledSuspension, Verdict } from './sql/quarantine/settle-suspension.js';

/** The record of what a person decided about a suspended interaction, on `interactions.decided.v1`. */
export function verdictRecord(
  accountId: string,
  interactionId: string,
  { channel, externalId, reason }: SettledSuspension,
  { state, by, note, at }: Verdict,
): OutboxRecord {
  const data = {
    interaction_id: interactionId,
    channel,
    external_id: externalId,
    outcome: state,
    case_id: null,
    decided_at: at,
    suspension: reason,
    decided_by: by,
    note,
  };
  return {
    topic: DECIDED_TOPIC,
    key: interactionId,
    value: JSON.stringify(data),
    headers: cloudEventHeaders({
      id: derivedEventId(interactionId, state, ''),
      source: `/accounts/${accountId}/case-service`,
      type: `io.casewright.interaction.${state}.v1`,
      subject: `interactions/${interactionId}`,
      time: at,
      dataSchema: '/schemas/interaction-decided.v1.json',
      accountId,
      partitionKey: interactionId,
      correlationId: interactionId,
    }),
  };
}
