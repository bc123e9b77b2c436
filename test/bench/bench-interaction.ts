import {
  emailConversationKey,
  interactionId,
  interactionRecord,
  type Interaction,
  type InteractionRecord,
} from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

const TEXT = [
  'Good morning,',
  'we ordered two lamps on the 12th and one of them came broken: the glass is cracked and the switch does not move.',
  'Could you send another one, or tell us how to return it? The order number is below, and photos follow if you need them.',
  'We would like to have it before the end of next week because the office opens on the Monday after.',
  'Kind regards',
].join('\n\n');

/**
 * A first mail, as the email app would have published it: 1.7 KB of JSON. Every index is a case of its own; every
 * second one is of a sender who is new.
 */
export function benchInteraction(run: string, index: number): Interaction {
  const messageId = `${run}-${index}@shop.example`;
  const externalId = `${run}-${index}`;
  const person = `${run}-${index - (index % 2)}`;
  const receivedAt = new Date().toISOString();
  return {
    schema: 1,
    id: interactionId(defaultAccountId, 'email', externalId),
    accountId: defaultAccountId,
    channel: 'email',
    provider: 'smtp',
    externalId,
    conversationKey: emailConversationKey(defaultAccountId, messageId),
    direction: 'inbound',
    source: 'email',
    occasion: 'email',
    handling: 'ordinary',
    occurredAt: receivedAt,
    receivedAt,
    endpoint: { kind: 'mailbox', address: 'support@acme.example' },
    sender: { kind: 'email', value: `person-${person}@shop.example`, name: `Person ${person}` },
    recipients: [{ kind: 'email', value: 'support@acme.example', role: 'to', name: null }],
    forwarded: null,
    automatic: null,
    trust: { verdict: 'unknown', reason: 'no trusted authserv-id is configured' },
    references: [],
    threadKeys: [{ kind: 'message_id', value: messageId }],
    content: {
      subject: `Order ${index} came broken`,
      text: `${TEXT}\n\nOrder ${index}\n`,
      textReference: null,
      htmlReference: null,
      attachments: [],
      raw: { sha256: index.toString(16).padStart(64, '0'), size: 6000, mediaType: 'message/rfc822' },
    },
    flags: [],
    details: { messageId, date: receivedAt },
  };
}

export function benchRecords(run: string, count: number, from = 0): InteractionRecord[] {
  return Array.from({ length: count }, (_, index) => interactionRecord(benchInteraction(run, from + index)));
}
