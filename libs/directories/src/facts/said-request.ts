import { contactConversationKey, interactionId, type Interaction, type Party, type Reference } from '#libs/interaction';
import { addressOf } from './addresses.js';
import { type DirectoryArrival, type EventOrigin, plainName } from './arrival.js';

/** What somebody wants, as a directory tells it. One of the first three says who. */
export interface SaidRequest {
  readonly externalId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  /** Equal on everything that belongs to one request. */
  readonly requestId: string;
  readonly subject: string;
  readonly text: string;
  readonly group: string | null;
  /** The digits of `CASE-12`. */
  readonly caseNumber: string | null;
}

const FUTURE_MS = 5 * 60_000;
const LONGEST_NAME = 500;

/**
 * A request as a whole interaction, which opens a case (domain.md §10). What bears the same `requestId` joins that case, whichever came
 * first: each only refers to the name, and the first to come has it kept for the others. A case that is named is joined where the
 * requester is one of its people. Null where nobody is named who could be told from others.
 */
export function requestInteraction(
  arrival: DirectoryArrival,
  origin: EventOrigin,
  said: SaidRequest,
): Interaction | null {
  const { accountId, connection, directory, integration, receivedAt } = arrival;
  const sender = senderOf(said, arrival);
  if (sender === null) {
    return null;
  }
  const at = origin.at ?? receivedAt;
  const isLate = Date.parse(at) > Date.parse(receivedAt) + FUTURE_MS;
  const eventId = plainName(origin.eventId);
  const externalId = `${connection}:${eventId} ${origin.contentSha256}`;
  return {
    schema: 1,
    id: interactionId(accountId, 'contact', externalId),
    accountId,
    channel: 'contact',
    provider: directory,
    externalId,
    conversationKey: contactConversationKey(accountId, sender.value),
    direction: 'inbound',
    source: 'contact',
    occasion: 'contact_request',
    handling: 'ordinary',
    occurredAt: isLate ? receivedAt : at,
    receivedAt,
    endpoint: { kind: 'api', address: connection },
    sender,
    recipients: [],
    ...(said.externalId === null ? {} : { contact: { integration, externalId: said.externalId } }),
    trust: { verdict: 'unknown', reason: `${connection} tells it: who wrote it is not proven` },
    references: referencesOf(said, integration),
    threadKeys: [],
    content: { subject: oneLine(said.subject), text: said.text, attachments: [] },
    ...(said.group === null ? {} : { group: said.group }),
    flags: isLate ? ['time_implausible'] : [],
    details: { request_id: said.requestId, event_id: eventId },
  };
}

function senderOf({ externalId, email, phone, name }: SaidRequest, arrival: DirectoryArrival): Party | null {
  const called = name === null || name.trim() === '' ? {} : { name: oneLine(name).slice(0, LONGEST_NAME) };
  if (externalId !== null) {
    return { kind: 'external', value: `${arrival.integration}:${externalId}`, ...called };
  }
  const address = email === null ? null : addressOf('email', email, null);
  if (address !== null) {
    return { kind: 'email', value: address, ...called };
  }
  const number = phone === null ? null : addressOf('phone', phone, arrival.country);
  return number === null ? null : { kind: 'phone', value: number, raw: phone, ...called };
}

function referencesOf({ requestId, caseNumber }: SaidRequest, integration: string): Reference[] {
  const request: Reference = { kind: 'request_id', value: `${integration}:${requestId}`, via: 'request' };
  return caseNumber === null ? [request] : [request, { kind: 'case_number', value: caseNumber, via: 'named_case' }];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
