import { emailConversationKey, interactionId, type Interaction, type Party, type Reference } from '#libs/interaction';
import { ACCOUNT_ID } from './account.js';

let sequence = 0;

/** An ordinary inbound mail of a customer that refers to nothing. Its id follows from its external id. */
export function anInteraction(overrides: Partial<Interaction> = {}): Interaction {
  const externalId = overrides.externalId ?? `external-${(sequence += 1)}`;
  const channel = overrides.channel ?? 'email';
  const accountId = overrides.accountId ?? ACCOUNT_ID;
  return {
    schema: 1,
    id: interactionId(accountId, channel, externalId),
    accountId,
    channel,
    provider: 'smtp',
    externalId,
    conversationKey: emailConversationKey(accountId, externalId),
    direction: 'inbound',
    source: 'email',
    occasion: 'email',
    handling: 'ordinary',
    occurredAt: '2026-03-02T09:00:00.000Z',
    receivedAt: '2026-03-02T09:00:01.000Z',
    endpoint: { kind: 'mailbox', address: 'support@acme.example' },
    sender: aParty('carol@example.org', 'Carol'),
    recipients: [{ ...aParty('support@acme.example'), role: 'to' }],
    trust: { verdict: 'unknown', reason: 'no trusted authserv-id configured' },
    references: [],
    threadKeys: [],
    content: { subject: 'The kettle is broken', text: 'It does not heat.', attachments: [] },
    flags: [],
    details: {},
    ...overrides,
  };
}

/** What a mail says of itself; `references` run from the newest to the root, as an adapter orders them. */
export interface MailHeaders {
  readonly messageId: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
}

export function aMail(headers: MailHeaders, overrides: Partial<Interaction> = {}): Interaction {
  const { messageId, from, inReplyTo, references = [], to = ['support@acme.example'], cc = [] } = headers;
  const named: Reference[] = [
    ...(inReplyTo === undefined ? [] : [aReference('in_reply_to', inReplyTo)]),
    ...references.map((value) => aReference('references', value)),
  ];
  return anInteraction({
    externalId: messageId,
    conversationKey: emailConversationKey(ACCOUNT_ID, references.at(-1) ?? inReplyTo ?? messageId),
    ...(from === undefined ? {} : { sender: aParty(from) }),
    recipients: [
      ...to.map((address) => ({ ...aParty(address), role: 'to' as const })),
      ...cc.map((address) => ({ ...aParty(address), role: 'cc' as const })),
    ],
    references: named,
    threadKeys: [{ kind: 'message_id', value: messageId }],
    ...overrides,
  });
}

export function aParty(address: string, name?: string): Party {
  return { kind: 'email', value: address, name };
}

/** A reference to a message by its Message-ID. */
export function aReference(via: Reference['via'], messageId: string): Reference {
  return { kind: 'message_id', value: messageId, via };
}

/** A signed token that names a case, as an adapter hands it over after its check. */
export function aCaseReference(caseId: string, via: Reference['via'] = 'recipient_token'): Reference {
  return { kind: 'case', value: caseId, via };
}
