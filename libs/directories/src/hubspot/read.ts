import type { ContactFact } from '#libs/interaction';
import { contentHash, known, member, pointerOf } from '#libs/webhook';
import type { DirectoryArrival, EventOrigin } from '../facts/arrival.js';
import { instantOfMilliseconds } from '../facts/instant-of-milliseconds.js';
import { ignoredEvent, wrongBody, type DirectoryEvent, type DirectoryEvents } from '../facts/event-read.js';
import { endOf, mergeOf, type SaidContact, upsertOf } from '../facts/said-contact.js';
import type { HubSpotSettings } from './settings.js';

type Plain = Readonly<Record<string, unknown>>;

/** Nothing in an event is a secret. */
export const HUBSPOT_SECRETS: ReadonlySet<string> = new Set();
const MOST_EVENTS = 100;
/** The type of object that a contact is, where events are of objects in general. */
const CONTACT_OBJECT = '0-1';

/**
 * Reads the events of a request, which is a list of them. A contact is known by portal and object id. An event tells one property; those
 * of a name come apart, so its parts are told apart.
 */
export function readHubSpot(plain: Plain, arrival: DirectoryArrival, settings: HubSpotSettings): DirectoryEvents {
  const events = plain['events'];
  if (!Array.isArray(events) || events.length === 0 || events.length > MOST_EVENTS) {
    return wrongBody({ pointer: '', code: 'length', detail: `must have 1 to ${MOST_EVENTS} events` });
  }
  const read = events.map((event: unknown) =>
    typeof event === 'object' && event !== null && !Array.isArray(event)
      ? readEvent(event as Plain, arrival, settings)
      : null,
  );
  const wrong = read.flatMap((event, index) =>
    event === null
      ? [
          {
            pointer: pointerOf([String(index)]),
            code: 'required',
            detail: 'needs portalId, objectId and a subscription type',
          },
        ]
      : [],
  );
  return wrong.length > 0
    ? wrongBody(...wrong.slice(0, 20))
    : { ok: true, events: read.filter((event) => event !== null) };
}

function readEvent(event: Plain, arrival: DirectoryArrival, { ownSourceIds }: HubSpotSettings): DirectoryEvent | null {
  const type = member(event, 'subscriptionType');
  const portal = member(event, 'portalId');
  const objectId = member(event, 'objectId', 'primaryObjectId');
  if (type === null || portal === null || objectId === null || !isName(portal) || !isName(objectId)) {
    return null;
  }
  const { attemptNumber: _, ...lasting } = event;
  const origin = {
    eventId: [member(event, 'eventId') ?? '', type, objectId, member(event, 'propertyName') ?? ''].join(' ').trim(),
    at: instantOfMilliseconds(event['occurredAt']),
    contentSha256: contentHash(lasting, HUBSPOT_SECRETS),
  };
  const sourceId = member(event, 'sourceId');
  if (sourceId !== null && ownSourceIds.includes(sourceId)) {
    return ignoredEvent(origin.eventId, 'own-echo', sourceId);
  }
  const isContact = type.startsWith('contact.') || member(event, 'objectTypeId') === CONTACT_OBJECT;
  const what = isContact ? known(READERS, type.replace(/^(contact|object)\./, '')) : undefined;
  return what === undefined
    ? ignoredEvent(origin.eventId, 'unknown-type', type)
    : what({ event, origin, arrival, externalId: `${portal}:${objectId}`, keyOf: (id) => `${portal}:${id}` });
}

interface Reading {
  readonly event: Plain;
  readonly origin: EventOrigin;
  readonly arrival: DirectoryArrival;
  readonly externalId: string;
  readonly keyOf: (objectId: string) => string;
}

const READERS: Readonly<Record<string, (reading: Reading) => DirectoryEvent>> = {
  creation: (reading) => upserted(reading, {}),
  restore: (reading) => upserted(reading, {}),
  propertyChange: propertyChanged,
  deletion: ({ origin, arrival, externalId }) => told(origin, endOf(arrival, origin, 'deleted', externalId)),
  privacyDeletion: ({ origin, arrival, externalId }) => told(origin, endOf(arrival, origin, 'erased', externalId)),
  merge: merged,
};

/** A merge makes a contact of a new id out of several; where it names none, the first of them goes on. */
function merged({ event, origin, arrival, externalId, keyOf }: Reading): DirectoryEvent {
  const stays = member(event, 'newObjectId') ?? member(event, 'primaryObjectId');
  const merging = Array.isArray(event['mergedObjectIds']) ? event['mergedObjectIds'] : [];
  const ids = [member(event, 'primaryObjectId'), ...merging.map((id: unknown) => member({ id }, 'id'))];
  const winner = stays === null ? externalId : keyOf(stays);
  const gone = ids.flatMap((id) => (id === null || !isName(id) || keyOf(id) === winner ? [] : [keyOf(id)]));
  return gone.length === 0 || gone.length > 100
    ? ignoredEvent(origin.eventId, 'nothing-told', 'a merge that names nobody')
    : told(origin, mergeOf(arrival, origin, winner, gone));
}

/** The email of a contact is one, so a new one replaces it; of its two numbers one says nothing about the other. */
function propertyChanged(reading: Reading): DirectoryEvent {
  const { event, origin } = reading;
  const name = member(event, 'propertyName') ?? '';
  const value = member(event, 'propertyValue');
  switch (name) {
    case 'email':
      return upserted(reading, {
        emails: value === null ? null : [{ value, label: 'email', primary: true }],
        replaces: ['email'],
      });
    case 'phone':
    case 'mobilephone':
      return value === null
        ? ignoredEvent(origin.eventId, 'nothing-told', `${name} was emptied`)
        : upserted(reading, { phones: [{ value, label: name === 'phone' ? 'phone' : 'mobile' }] });
    case 'firstname':
      return upserted(reading, { givenName: value });
    case 'lastname':
      return upserted(reading, { familyName: value });
    case 'company':
      return upserted(reading, { company: value });
    default:
      return ignoredEvent(origin.eventId, 'unknown-type', `propertyChange ${name}`);
  }
}

function upserted({ origin, arrival, externalId }: Reading, said: Omit<SaidContact, 'externalId'>): DirectoryEvent {
  const { facts, note } = upsertOf(arrival, origin, { externalId, ...said });
  return { eventId: origin.eventId, told: facts, note };
}

function told({ eventId }: EventOrigin, fact: ContactFact): DirectoryEvent {
  return { eventId, told: [fact], note: null };
}

/** Ids of HubSpot are numbers; whatever else has the form of a name is one too. */
function isName(id: string): boolean {
  return /^[\w-]{1,100}$/.test(id);
}
