import type { ContactFact } from '../fact/contact-fact.js';
import { cloudEventHeaders, sequenceOf } from './cloud-event.js';
import { contactConversationKey } from './conversation-key.js';
import { FACT_RECORD_TYPE } from './fact-record.js';
import { headerSafe, type InteractionRecord } from './interaction-record.js';
import { interactionTopic } from './topics.js';

/** The record of a fact about a contact on `interactions.contact.v1` (events.md §2). */
export function contactFactRecord(fact: ContactFact, traceParent?: string): InteractionRecord {
  const { accountId, contact, emails, phones, origin } = fact;
  const name =
    contact === null || contact === undefined
      ? (emails?.[0]?.value ?? phones?.[0]?.value ?? fact.id)
      : `${contact.integration}:${contact.externalId}`;
  const key = contactConversationKey(accountId, name);
  return {
    topic: interactionTopic('contact'),
    key,
    value: JSON.stringify(fact),
    headers: {
      ...cloudEventHeaders({
        id: fact.id,
        source: `/accounts/${accountId}/channels/contact`,
        type: FACT_RECORD_TYPE,
        subject: `facts/${fact.id}`,
        time: origin.at,
        recordedTime: origin.receivedAt,
        dataSchema: '/schemas/contact-fact.v1.json',
        accountId,
        partitionKey: headerSafe(key),
        ...(typeof origin.sequence === 'number' ? { sequence: sequenceOf(origin.sequence) } : {}),
        traceParent,
      }),
      'x-channel': 'contact',
      'x-external-id': headerSafe(name),
    },
  };
}
