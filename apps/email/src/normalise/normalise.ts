import { createHash } from 'node:crypto';
import {
  emailConversationKey,
  interactionId,
  normaliseEmailAddress,
  type BlobReference,
  type Interaction,
  type Party,
  type Recipient,
  type Reference,
} from '#libs/interaction';
import { beginning, type EmailPayload, type MailAddress } from '#libs/mail';
import { forwardedOf, forwardedReferences, type ForwardSettings } from '../forward/forwarded-of.js';
import { mailboxMeant } from '../forward/mailbox-meant.js';
import { classifyAutomatic, handlingOf } from '../rules/automatic/classify-automatic.js';
import { referencesOf } from '../rules/references-of.js';
import { spamClaims } from '../rules/spam-claims.js';
import { trustedServerOf, type TrustedServer } from '../rules/trust/results-of-server.js';
import { trustOf, type OwnResults } from '../rules/trust/trust-of.js';
import { outlookConversation, providerThread, subjectNumbers } from '../rules/weak-references.js';
import { asVoicemail } from '../voicemail/as-voicemail.js';
import { bringsVoicemail } from '../voicemail/recognise-voicemail.js';
import { boundRecord } from './bound-record.js';

/** How the mail reached us. */
export interface Delivery {
  readonly provider: 'smtp' | 'imap' | 'file';
  /** The mailbox of ours, normalised; null when none is known (a file). */
  readonly mailbox: string | null;
  /** UTC, milliseconds. */
  readonly receivedAt: Date;
  /** When its mailbox got it (IMAP INTERNALDATE), when that was before. */
  readonly arrivedAt?: Date;
  /** Empty for the null sender (RFC 5321 §4.5.5); null when there was no envelope. */
  readonly envelopeFrom: string | null;
  readonly envelopeRecipients: readonly string[];
  readonly raw: BlobReference | null;
  /** The provider's own id of the thread (X-GM-THRID, RFC 8474 THREADID); without it the provider has none. */
  readonly providerThreadId?: string | null;
  /** What our own verification of the sender found; without it none was asked for. */
  readonly verified?: OwnResults | null;
}

export interface NormaliseSettings extends ForwardSettings {
  readonly accountId: string;
  readonly tokenSecret: string;
  /** Secrets that tokens were issued with before: theirs stay genuine. */
  readonly previousTokenSecrets?: readonly string[];
  /** The authserv-id that this mailbox trusts, when it is configured. */
  readonly trustedAuthservId: string | null;
  /** Where that server writes its results, or `microsoft365`; null and without it: as the server is known to do. */
  readonly authentication?: TrustedServer['place'] | 'microsoft365' | null;
  /** The header in which the mailbox's own server writes the recipient, in lower case, when it is configured. */
  readonly recipientHeader?: string | null;
  /** Addresses, or `@domain`s, whose mails with one sound are voicemails. */
  readonly voicemailSenders?: readonly string[];
  /** ISO 3166 code of the country whose telephone numbers are written without their country code. */
  readonly defaultCountry?: string | null;
}

const MOST_RECIPIENTS = 500;
/** Of the 120 that the contract allows; the rest is for hints, which come last. */
const MOST_REFERENCES = 115;
/** A Date header may be ahead of our clock by this much before it is taken for wrong. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/**
 * A parsed mail in the one form that every channel is normalised to: as the mail that it is, or as the voicemail that
 * it brings. Pure; the result always keeps the contract.
 */
export function normalise(payload: EmailPayload, delivery: Delivery, settings: NormaliseSettings): Interaction {
  const mail = asMail(payload, delivery, settings);
  const voicemail = bringsVoicemail(mail, payload, settings.voicemailSenders ?? []);
  return boundRecord(voicemail === null ? mail : asVoicemail(mail, voicemail, settings.defaultCountry ?? null));
}

function asMail(payload: EmailPayload, delivery: Delivery, settings: NormaliseSettings): Interaction {
  const messageId = payload.messageId ?? syntheticMessageId(payload, delivery.raw);
  const externalId = externalIdOf(payload, messageId);
  const id = interactionId(settings.accountId, 'email', externalId);
  const headerRecipients = [...payload.to, ...payload.cc].map((recipient) => recipient.address);
  const sentAt = occurredAt(payload, delivery.arrivedAt ?? delivery.receivedAt);
  const automatic = classifyAutomatic(payload, delivery.envelopeFrom, settings, sentAt);
  const handling = handlingOf(automatic);
  const recipients = [...delivery.envelopeRecipients, ...headerRecipients];
  const found = referencesOf(payload, recipients, handling === 'attach_only', settings);
  const mailbox = mailboxOfDelivery(payload, delivery, settings);
  const thread = providerThread(delivery.mailbox, delivery.providerThreadId);
  const byHeader = mailbox === delivery.mailbox ? [] : ['mailbox_by_header'];
  const flags = [...payload.flags, ...notes(payload, found.forgedToken), ...byHeader];
  return {
    schema: 1,
    id,
    accountId: settings.accountId,
    channel: 'email',
    provider: delivery.provider,
    externalId,
    conversationKey: emailConversationKey(settings.accountId, rootOf(payload, messageId)),
    direction: 'inbound',
    source: 'email',
    occasion: 'email',
    handling,
    occurredAt: sentAt,
    receivedAt: delivery.receivedAt.toISOString(),
    arrivedAt: arrivedBefore(delivery),
    endpoint: mailbox === null ? null : { kind: 'mailbox', address: mailbox },
    sender: senderOf(payload, id),
    recipients: recipientsOf(payload),
    forwarded: handling === 'ordinary' ? forwardedOf(payload, settings) : null,
    automatic,
    trust: trustOf(
      payload,
      trustedServerOf(settings.trustedAuthservId, settings.authentication ?? null),
      delivery.verified,
    ),
    references: allReferences(found.references, handling === 'ordinary' ? forwardedReferences(payload) : [], {
      subject: payload.subject,
      thread,
    }),
    threadKeys: threadKeysOf(messageId, thread),
    content: contentOf(payload, delivery.raw),
    flags,
    details: detailsOf(payload, delivery),
  };
}

/** Hints come last, and there is room for them behind everything else. What a bounce brings along, nobody forwarded. */
function allReferences(
  found: readonly Reference[],
  forwarded: readonly Reference[],
  hints: { readonly thread: string | null; readonly subject: string },
): Reference[] {
  const { thread, subject } = hints;
  return [
    ...[...found, ...forwarded].slice(0, MOST_REFERENCES),
    ...(thread === null ? [] : [{ kind: 'provider_thread', value: thread, via: 'provider_thread' } as const]),
    ...subjectNumbers(subject),
  ];
}

function threadKeysOf(messageId: string, thread: string | null): Interaction['threadKeys'] {
  const own = { kind: 'message_id', value: messageId } as const;
  return thread === null ? [own] : [own, { kind: 'provider_thread', value: thread }];
}

function contentOf(payload: EmailPayload, raw: BlobReference | null): Interaction['content'] {
  const { subject, text, textReference, quoteStart, html, htmlReference, attachments } = payload;
  return { subject, text, textReference, quoteStart, html, htmlReference, attachments: [...attachments], raw };
}

function detailsOf(payload: EmailPayload, delivery: Delivery): Interaction['details'] {
  const spam = spamClaims(payload);
  const outlook = outlookConversation(payload.signals['thread-index']?.[0]);
  return {
    bodySha256: payload.bodySha256,
    date: payload.dateLine,
    envelopeRecipients: delivery.envelopeRecipients.slice(0, 50).map((address) => beginning(address, 320)),
    ...(payload.report === null ? {} : { report: payload.report }),
    ...(outlook === null ? {} : { outlookConversation: outlook }),
    ...(spam === null ? {} : { spam }),
  };
}

/** Whoever handed it over by SMTP named our mailbox in the envelope; a mail in a mailbox may have been for another. */
function mailboxOfDelivery(payload: EmailPayload, delivery: Delivery, settings: NormaliseSettings): string | null {
  const { mailbox, provider } = delivery;
  const own = settings.ownAddresses;
  return mailbox === null || provider === 'smtp' || own === undefined
    ? mailbox
    : mailboxMeant(payload, mailbox, own, settings.recipientHeader ?? null);
}

/** One mail has one id on whatever way it came; the same Message-ID with another body is another mail. */
function externalIdOf(payload: EmailPayload, messageId: string): string {
  const from = normaliseEmailAddress(payload.from[0]?.address ?? '') ?? payload.from[0]?.address ?? '';
  return sha256([messageId, from, payload.dateLine ?? '', payload.bodySha256]);
}

/**
 * A stable name for a mail without a Message-ID. `.invalid` is reserved (RFC 2606): it never meets a real one.
 * The subject counts because alarms without a body differ in nothing else. Where not even a date says which mail it
 * is, only equal bytes are the same mail: one too many is better than one lost.
 */
function syntheticMessageId(payload: EmailPayload, raw: BlobReference | null): string {
  const to = payload.to.map((recipient) => recipient.address).join(',');
  const bytes = payload.dateLine === null ? (raw?.sha256 ?? '') : '';
  const from = payload.from[0]?.address ?? '';
  const digest = sha256([payload.dateLine ?? '', from, to, payload.subject, payload.bodySha256, bytes]);
  return `${digest}@without-message-id.invalid`;
}

function sha256(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function rootOf(payload: EmailPayload, messageId: string): string {
  return payload.references[0] ?? payload.inReplyTo[0] ?? messageId;
}

function notes(payload: EmailPayload, forgedToken: boolean): string[] {
  const missing = payload.messageId === null ? ['message_id_missing'] : [];
  const date = payload.date === null ? [payload.dateLine === null ? 'date_missing' : 'date_unreadable'] : [];
  return [...missing, ...date, ...(forgedToken ? ['forged_token'] : [])];
}

/** The sender's clock when it is plausible, else ours: a wrong date must not put a mail before or after its case. */
function occurredAt(payload: EmailPayload, arrivedAt: Date): string {
  const claimed = payload.date === null ? Number.NaN : Date.parse(payload.date);
  const plausible = claimed <= arrivedAt.getTime() + CLOCK_TOLERANCE_MS;
  return (plausible ? new Date(claimed) : arrivedAt).toISOString();
}

/** When its mailbox got it, where that was before us; a clock that is ahead of ours says nothing. */
function arrivedBefore({ arrivedAt, receivedAt }: Delivery): string | null {
  return arrivedAt !== undefined && arrivedAt < receivedAt ? arrivedAt.toISOString() : null;
}

/** From, else Reply-To, else Return-Path; a mail with no address at all is anonymous. */
function senderOf(payload: EmailPayload, id: string): Party {
  const candidates: MailAddress[] = [
    ...payload.from,
    ...payload.replyTo,
    ...(payload.returnPath === null ? [] : [{ name: '', address: payload.returnPath }]),
  ];
  for (const candidate of candidates) {
    const value = normaliseEmailAddress(candidate.address);
    if (value !== null) {
      return { kind: 'email', value, name: candidate.name || payload.from[0]?.name || null };
    }
  }
  return { kind: 'anonymous', value: id, name: payload.from[0]?.name || null };
}

function recipientsOf(payload: EmailPayload): Recipient[] {
  const seen = new Set<string>();
  const recipients: Recipient[] = [];
  for (const role of ['to', 'cc'] as const) {
    for (const { name, address } of payload[role]) {
      const value = normaliseEmailAddress(address);
      if (value !== null && !seen.has(value) && recipients.length < MOST_RECIPIENTS) {
        seen.add(value);
        recipients.push({ kind: 'email', value, name: name || null, role });
      }
    }
  }
  return recipients;
}
