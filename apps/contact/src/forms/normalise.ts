import { createHash } from 'node:crypto';
import { contactConversationKey, interactionId, type Interaction, type Party } from '#libs/interaction';
import type { FormPayload } from './payload.js';

/** What is known of it besides what was written. */
export interface FormArrival {
  readonly accountId: string;
  /** Key of the form. */
  readonly form: string;
  /** Of the token: the same sent twice with it is one. */
  readonly tokenId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  /** The page's origin; null where none was told. */
  readonly origin: string | null;
}

/** What `endpoint` of a form is called. */
export function formAddress(key: string): string {
  return `forms/${key}`;
}

/**
 * What was written on a form as an interaction that opens a case. Its address is a claim: it refers to nothing, so that it joins and
 * reopens nothing, and is marked so that nothing is taken for proven.
 */
export function normalise(payload: FormPayload, arrival: FormArrival): Interaction {
  const { accountId, form, tokenId, receivedAt, origin } = arrival;
  const { email, phone, subject, text } = payload;
  const address = formAddress(form);
  const sender = senderOf(payload);
  const content = JSON.stringify([payload.name, email, phone?.number ?? null, subject, text]);
  const externalId = `${address}:${tokenId} ${createHash('sha256').update(content).digest('hex')}`;
  return {
    schema: 1,
    id: interactionId(accountId, 'contact', externalId),
    accountId,
    channel: 'contact',
    provider: 'form',
    externalId,
    conversationKey: contactConversationKey(accountId, sender.value),
    direction: 'inbound',
    source: 'contact',
    occasion: 'contact_request',
    handling: 'ordinary',
    occurredAt: receivedAt,
    receivedAt,
    endpoint: { kind: 'api', address },
    sender,
    recipients: [],
    trust: { verdict: 'unknown', reason: 'it was written on a web form, where anybody may claim any address' },
    references: [],
    threadKeys: [],
    content: {
      subject,
      text: email !== null && phone !== null ? `${text}\n\n${phone.raw}` : text,
      attachments: [],
    },
    flags: ['claimed_sender'],
    details: { form, ...(origin === null ? {} : { origin }), ...(phone === null ? {} : { phone: phone.number }) },
  };
}

/** The same, held back until a person has looked. */
export function heldBack(interaction: Interaction): Interaction {
  return { ...interaction, flags: [...interaction.flags, 'form_surplus'] };
}

function senderOf({ email, phone, name }: FormPayload): Party {
  const called = name === null ? {} : { name };
  return email === null
    ? { kind: 'phone', value: phone?.number ?? '', raw: phone?.raw ?? null, ...called }
    : { kind: 'email', value: email, ...called };
}
