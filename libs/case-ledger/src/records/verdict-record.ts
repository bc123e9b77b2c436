import type { SuspensionWord } from '#libs/case-domain';
import type { OutboxRecord, StoredInteraction } from '#libs/case-store';
import { cloudEventHeaders, DECIDED_TOPIC, derivedEventId, type Interaction } from '#libs/interaction';

/** The record of what a person decided about a suspended interaction, on `interactions.decided.v1`. */
export function verdictRecord(
  { accountId, now }: { readonly accountId: string; readonly now: string },
  { id, channel, externalId }: Interaction,
  { suspension }: StoredInteraction,
  { change: outcome, by, note }: SuspensionWord,
): OutboxRecord {
  const data = {
    interaction_id: id,
    channel,
    external_id: externalId,
    outcome,
    case_id: null,
    decided_at: now,
    suspension: suspension?.reason ?? null,
    decided_by: by,
    note,
  };
  return {
    topic: DECIDED_TOPIC,
    key: id,
    value: JSON.stringify(data),
    headers: cloudEventHeaders({
      id: derivedEventId(id, outcome, ''),
      source: `/accounts/${accountId}/case-service`,
      type: `io.casewright.interaction.${outcome}.v1`,
      subject: `interactions/${id}`,
      time: now,
      dataSchema: '/schemas/interaction-decided.v1.json',
      accountId,
      partitionKey: id,
      correlationId: id,
    }),
  };
}
