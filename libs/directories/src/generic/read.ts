import type { ContactFact, Interaction } from '#libs/interaction';
import { contentHash, instantOf, known } from '#libs/webhook';
import type { SaidAddress } from '../facts/addresses.js';
import type { DirectoryArrival, EventOrigin } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type DirectoryEvent, type DirectoryEvents } from '../facts/event-read.js';
import { endOf, mergeOf, upsertOf } from '../facts/said-contact.js';
import { requestInteraction } from '../facts/said-request.js';
import type { ContactType, GenericAddress, GenericContactEvent } from './event.js';
import { problemsOfBody } from './validate.js';

/** None of its members is a secret. */
export const GENERIC_CONTACT_SECRETS: ReadonlySet<string> = new Set();

type Reader = (event: Named, origin: EventOrigin, arrival: DirectoryArrival) => DirectoryEvent;
type Named = GenericContactEvent & { readonly external_id: string };

/**
 * Reads one event, or a batch, of our own webhook of contacts (channels.md D).
 *
 * 1. `webhook-id` names a single event that does not name itself.
 * 2. The schema lets all of it through, and every address is one, or nothing is taken.
 * 3. Each event becomes facts about a contact; a request becomes a whole interaction, behind what it tells of who asks.
 */
export function readGenericContacts(
  plain: Readonly<Record<string, unknown>>,
  arrival: DirectoryArrival,
): DirectoryEvents {
  const isBatch = Object.hasOwn(plain, 'events');
  const body = isBatch || arrival.requestId === null ? plain : { id: arrival.requestId, ...plain };
  const problems = problemsOfBody(body, arrival.country);
  if (problems.length > 0) {
    return wrongBody(...problems);
  }
  const events = (isBatch ? body['events'] : [body]) as readonly GenericContactEvent[];
  return { ok: true, events: events.map((event) => readEvent(event, originOf(event), arrival)) };
}

/** One event that the schema has let through, or a map has made. Addresses that are none are left out and noted. */
export function readEvent(event: GenericContactEvent, origin: EventOrigin, arrival: DirectoryArrival): DirectoryEvent {
  if (event.test === true) {
    return ignoredEvent(event.id, 'test');
  }
  const read = known(READERS, event.type);
  return read === undefined
    ? ignoredEvent(event.id, 'unknown-type', event.type)
    : read(event as Named, origin, arrival);
}

function originOf(event: GenericContactEvent): EventOrigin {
  const contentSha256 = contentHash(event, GENERIC_CONTACT_SECRETS);
  return { eventId: event.id, at: instantOf(event.occurred_at), contentSha256 };
}

const READERS: Readonly<Record<ContactType, Reader>> = {
  'contact.upserted': (event, origin, arrival) => {
    const { facts, note } = upsertOf(arrival, origin, { ...saidOf(event), complete: event.complete === true });
    return { eventId: event.id, told: facts, note };
  },
  'contact.deleted': ({ id, external_id }, origin, arrival) => told(id, endOf(arrival, origin, 'deleted', external_id)),
  'contact.erased': ({ id, external_id }, origin, arrival) => told(id, endOf(arrival, origin, 'erased', external_id)),
  'contact.merged': ({ id, external_id, merged_external_ids = [] }, origin, arrival) => {
    const gone = merged_external_ids.filter((one) => one !== external_id);
    return gone.length === 0
      ? ignoredEvent(id, 'nothing-told', 'a contact is merged into itself')
      : told(id, mergeOf(arrival, origin, external_id, gone));
  },
  'contact.request': readRequest,
};

function readRequest(event: Named, origin: EventOrigin, arrival: DirectoryArrival): DirectoryEvent {
  const { id, request_id = '', subject = '', text = '', email = null, phone = null, name = null, group = null } = event;
  const externalId = event.external_id as string | undefined;
  const first = (list: GenericContactEvent['emails']) => saidAddress(list?.[0] ?? '').value || null;
  const interaction = requestInteraction(arrival, origin, {
    externalId: externalId ?? null,
    email: email ?? first(event.emails),
    phone: phone ?? first(event.phones),
    name,
    requestId: request_id,
    subject,
    text,
    group,
    caseNumber: numberOfCase(event.case ?? ''),
  });
  return interaction === null
    ? ignoredEvent(id, 'no-contact')
    : { eventId: id, told: [...whoAsks(event, externalId, origin, arrival), interaction], note: null };
}

/** A map may lead to the bare number. */
function numberOfCase(name: string): string | null {
  return /^(?:CASE-)?([1-9]\d{0,17})$/i.exec(name)?.[1] ?? null;
}

/** What a request tells of its contact besides the key, so that there is an address to answer to. */
function whoAsks(
  event: GenericContactEvent,
  externalId: string | undefined,
  origin: EventOrigin,
  arrival: DirectoryArrival,
): readonly ContactFact[] {
  const said = {
    ...saidOf({ ...event, external_id: externalId ?? '' }),
    ...(event.email === undefined ? {} : { emails: [{ value: event.email }] }),
    ...(event.phone === undefined ? {} : { phones: [{ value: event.phone }] }),
  };
  const isMore = Object.entries(said).some(([name, value]) => name !== 'externalId' && value !== undefined);
  return externalId === undefined || !isMore ? [] : upsertOf(arrival, origin, said).facts;
}

function saidOf({ external_id, name, company, locale, time_zone, url, emails, phones }: Named) {
  return {
    externalId: external_id,
    ...{ name, company, locale, timeZone: time_zone, url },
    emails: emails === null ? null : emails?.map(saidAddress),
    phones: phones === null ? null : phones?.map(saidAddress),
  };
}

function saidAddress(address: GenericAddress): SaidAddress {
  return typeof address === 'string' ? { value: address } : address;
}

function told(eventId: string, fact: ContactFact | Interaction): DirectoryEvent {
  return { eventId, told: [fact], note: null };
}
