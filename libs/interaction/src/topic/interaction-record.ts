import { cloudEventHeaders } from './cloud-event.js';
import type { Interaction } from '../interaction/interaction.js';
import { interactionTopic } from './topics.js';

/** What the log is given for an interaction. */
export interface InteractionRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `ce_type` of a record that holds the whole of an interaction. */
export const INTERACTION_RECORD_TYPE = 'io.casewright.interaction.received.v1';

/** A header value that no channel can use to break out of its line. */
export function headerSafe(value: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = /[\u0000-\u001f\u007f]/.test(value) ? value.replace(/[\u0000-\u001f\u007f]+/g, ' ') : value;
  return plain.length > 500 ? plain.slice(0, 500) : plain;
}

/** The record of an interaction on its channel's topic (events.md §1). */
export function interactionRecord(interaction: Interaction, traceParent?: string): InteractionRecord {
  return {
    topic: interactionTopic(interaction.channel),
    key: interaction.conversationKey,
    value: JSON.stringify(interaction),
    headers: {
      ...cloudEventHeaders({
        id: interaction.id,
        source: `/accounts/${interaction.accountId}/channels/${interaction.channel}`,
        type: INTERACTION_RECORD_TYPE,
        subject: `interactions/${interaction.id}`,
        time: interaction.receivedAt,
        dataSchema: '/schemas/interaction.v1.json',
        accountId: interaction.accountId,
        partitionKey: headerSafe(interaction.conversationKey),
        traceParent,
      }),
      'x-channel': interaction.channel,
      'x-external-id': headerSafe(interaction.externalId),
    },
  };
}
