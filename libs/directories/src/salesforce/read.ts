import { contentHash, instantOf, pointerOf } from '#libs/webhook';
import type { SaidAddress } from '../facts/addresses.js';
import type { DirectoryArrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type DirectoryEvent, type DirectoryEvents } from '../facts/event-read.js';
import { endOf, mergeOf, upsertOf } from '../facts/said-contact.js';
import { longId } from './salesforce-id.js';

type Plain = Readonly<Record<string, unknown>>;

/** A session that the message lends us, where it was set to. */
export const SALESFORCE_SECRETS: ReadonlySet<string> = new Set(['SessionId']);
const MOST_NOTIFICATIONS = 100;
const PHONES = ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone'];

/**
 * Reads the notifications of an outbound message about contacts and leads. A message has the fields that were chosen for it, so those
 * that are there are all of them: an address that was replaced goes.
 */
export function readSalesforce(plain: Plain, arrival: DirectoryArrival): DirectoryEvents {
  const message = objectIn(objectIn(objectIn(plain, 'Envelope'), 'Body'), 'notifications');
  if (message === null) {
    return wrongBody({ pointer: '/Envelope/Body/notifications', code: 'required', detail: 'is missing' });
  }
  const notifications = [message['Notification'] ?? []].flat();
  if (notifications.length === 0 || notifications.length > MOST_NOTIFICATIONS) {
    const detail = `must have 1 to ${MOST_NOTIFICATIONS} members`;
    return wrongBody({ pointer: '/Envelope/Body/notifications/Notification', code: 'length', detail });
  }
  const read = notifications.map((one) => readNotification(one, arrival));
  const wrong = read.flatMap((event, index) => {
    const pointer = `/Envelope/Body/notifications/Notification${pointerOf([String(index)])}`;
    return event === null ? [{ pointer, code: 'required', detail: 'needs Id, and an sObject with an Id' }] : [];
  });
  return wrong.length > 0
    ? wrongBody(...wrong.slice(0, 20))
    : { ok: true, events: read.filter((event) => event !== null) };
}

function readNotification(notification: unknown, arrival: DirectoryArrival): DirectoryEvent | null {
  const plain = objectIn({ notification }, 'notification');
  const record = objectIn(plain, 'sObject');
  const eventId = textIn(plain, 'Id');
  const id = longId(textIn(record, 'Id') ?? '');
  if (plain === null || record === null || !eventId || id === null) {
    return null;
  }
  const type = textIn(record, 'type') ?? '';
  if (type !== 'Contact' && type !== 'Lead') {
    return ignoredEvent(eventId, 'unknown-type', type);
  }
  const at = instantOf(textIn(record, 'SystemModstamp') ?? textIn(record, 'LastModifiedDate') ?? '');
  const origin = { eventId, at, contentSha256: contentHash(plain, SALESFORCE_SECRETS) };
  const master = longId(textIn(record, 'MasterRecordId') ?? '');
  if (master !== null && master !== id) {
    return { eventId, told: [mergeOf(arrival, origin, master, [id])], note: null };
  }
  if (textIn(record, 'IsDeleted') === 'true') {
    return { eventId, told: [endOf(arrival, origin, 'deleted', id)], note: null };
  }
  const { facts, note } = upsertOf(arrival, origin, { externalId: id, ...saidOf(record) });
  return { eventId, told: facts, note };
}

function saidOf(record: Plain) {
  const has = (name: string): boolean => Object.hasOwn(record, name);
  const text = (name: string): string | null => textIn(record, name) || null;
  const numbers = PHONES.filter(has).flatMap((name): SaidAddress[] => {
    const value = text(name);
    return value === null ? [] : [{ value, label: name }];
  });
  const email = text('Email');
  return {
    ...(has('Name') ? { name: text('Name') } : {}),
    ...(has('FirstName') ? { givenName: text('FirstName') } : {}),
    ...(has('LastName') ? { familyName: text('LastName') } : {}),
    ...(has('Company') ? { company: text('Company') } : {}),
    ...(has('Email') ? { emails: email === null ? null : [{ value: email, primary: true }] } : {}),
    ...(PHONES.some(has) ? { phones: numbers } : {}),
    replaces: ['email', 'phone'] as const,
  };
}

function objectIn(plain: Plain | null, name: string): Plain | null {
  const inside = plain !== null && Object.hasOwn(plain, name) ? plain[name] : null;
  return typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? (inside as Plain) : null;
}

function textIn(plain: Plain | null, name: string): string | null {
  const value = plain !== null && Object.hasOwn(plain, name) ? plain[name] : null;
  return typeof value === 'string' ? value : null;
}
