import { contentHash, instantOf, known, type BodyProblem } from '#libs/webhook';
import type { DirectoryArrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type DirectoryEvent, type DirectoryEvents } from '../facts/event-read.js';
import { instantOfMilliseconds } from '../facts/instant-of-milliseconds.js';
import { CONTACT_TYPES, type ContactType, type GenericContactEvent } from '../generic/event.js';
import { readEvent } from '../generic/read.js';
import { pointedAt } from './pointer.js';
import type { JsonMap, JsonSettings, Pointers } from './settings.js';

type Plain = Readonly<Record<string, unknown>>;
type Field = Exclude<keyof JsonMap, 'items' | 'types' | 'otherwise'>;

/** Nothing is known of its members. */
export const JSON_SECRETS: ReadonlySet<string> = new Set();
const MOST_ITEMS = 100;
const LONGEST: Partial<Readonly<Record<Field, number>>> = {
  request_id: 200,
  external_id: 500,
  subject: 20_000,
  group: 100,
};
const LONGEST_TEXT_BYTES = 64 * 1024;

/**
 * Reads any JSON as the map of the connection says. What stands nowhere was not told; what is written as null is cleared, and so is a list
 * without members. An item of which nobody can tell whom it is about is left out and noted.
 */
export function readJson(plain: Plain, arrival: DirectoryArrival, { map }: JsonSettings): DirectoryEvents {
  const items = itemsOf(plain, map);
  if (items.length > MOST_ITEMS) {
    return wrongBody({ pointer: map.items ?? '', code: 'length', detail: `may have ${MOST_ITEMS} members` });
  }
  const mapped = items.map((item) => ({ item, event: eventOf(item, plain, map) }));
  const problems = mapped.flatMap(({ event }, index) => problemsOf(event, index));
  return problems.length > 0
    ? wrongBody(...problems.slice(0, 20))
    : { ok: true, events: mapped.map(({ item, event }) => read(event, item, arrival)) };
}

function itemsOf(plain: Plain, { items }: JsonMap): readonly unknown[] {
  const pointer = items ?? (Array.isArray(plain['items']) && Object.keys(plain).length === 1 ? '/items' : '');
  const { values } = pointedAt(plain, pointer);
  return values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly unknown[]) : values;
}

function eventOf(item: unknown, plain: Plain, map: JsonMap): GenericContactEvent {
  const textIn = (name: Field, ...places: readonly unknown[]): string | null | undefined =>
    places.map((place) => textAt(place, map[name])).find((text) => text !== undefined);
  const text = (name: Field): string | null | undefined => textIn(name, item);
  const list = (name: 'emails' | 'phones') => addressesAt(item, map[name]);
  const gone = textsAt(item, map.merged_external_ids);
  return withoutAbsent({
    id: text('id') ?? contentHash(item, JSON_SECRETS),
    type: typeOf(textIn('type', item, plain) ?? null, map),
    occurred_at: textIn('occurred_at', item, plain) ?? '',
    external_id: text('external_id') ?? undefined,
    name: text('name'),
    company: text('company'),
    locale: text('locale'),
    time_zone: text('time_zone'),
    url: text('url'),
    emails: list('emails'),
    phones: list('phones'),
    merged_external_ids: gone === undefined || gone.length === 0 ? undefined : gone,
    request_id: text('request_id') ?? undefined,
    subject: text('subject') ?? undefined,
    text: text('text') ?? undefined,
    group: text('group') ?? undefined,
    case: text('case') ?? undefined,
  });
}

/** `null` of a type means nothing; the empty text stands for it, which no type is. */
function typeOf(told: string | null, { type, types = {}, otherwise }: JsonMap): string {
  const own = told === null ? undefined : known(types, told);
  const direct = (CONTACT_TYPES as readonly (string | null)[]).includes(told) ? told : null;
  const unless = otherwise ?? (type === undefined ? 'contact.upserted' : null);
  return own ?? direct ?? unless ?? told ?? '';
}

const NEEDED: Partial<Readonly<Record<ContactType, readonly (keyof GenericContactEvent)[]>>> = {
  'contact.merged': ['external_id', 'merged_external_ids'],
  'contact.request': ['request_id', 'subject', 'text'],
};

function read(event: GenericContactEvent, item: unknown, arrival: DirectoryArrival): DirectoryEvent {
  const needed = known(NEEDED, event.type) ?? ['external_id'];
  const isKnown = (CONTACT_TYPES as readonly string[]).includes(event.type);
  const missing = isKnown ? needed.find((name) => event[name] === undefined) : undefined;
  if (missing !== undefined) {
    return ignoredEvent(event.id, missing === 'external_id' ? 'no-contact' : 'nothing-told', `it has no ${missing}`);
  }
  const origin = {
    eventId: event.id,
    at: instantOf(event.occurred_at) ?? instantOfNumber(event.occurred_at),
    contentSha256: contentHash(item, JSON_SECRETS),
  };
  return readEvent(event, origin, arrival);
}

function problemsOf(event: GenericContactEvent, index: number): BodyProblem[] {
  const tooLong = Object.entries(LONGEST).filter(([name, longest]) => {
    const value = event[name as keyof GenericContactEvent];
    return typeof value === 'string' && value.length > longest;
  });
  const isTextTooLong = Buffer.byteLength(event.text ?? '') > LONGEST_TEXT_BYTES;
  return [...tooLong.map(([name]) => name), ...(isTextTooLong ? ['text'] : [])].map((name) => ({
    pointer: `/${index}`,
    code: 'length',
    detail: `what the map calls ${name} is too long`,
  }));
}

/** Texts of several pointers are joined; of one with several values the first counts. */
function textAt(place: unknown, pointers: Pointers | undefined): string | null | undefined {
  const found = [pointers ?? []].flat().map((pointer) => pointedAt(place, pointer));
  const texts = found.flatMap(({ values }) => (textOf(values[0]) === null ? [] : [textOf(values[0])]));
  return texts.length > 0
    ? texts.join(' ')
    : found.some(({ isThere, values }) => isThere && values.length > 0)
      ? null
      : undefined;
}

function textsAt(place: unknown, pointers: Pointers | undefined): readonly string[] | undefined {
  const found = [pointers ?? []].flat().map((pointer) => pointedAt(place, pointer));
  return found.some(({ isThere }) => isThere)
    ? found.flatMap(({ values }) => values.flat().flatMap((value) => textOf(value) ?? []))
    : undefined;
}

function addressesAt(place: unknown, pointers: Pointers | undefined): readonly string[] | null | undefined {
  const texts = textsAt(place, pointers);
  return texts === undefined ? undefined : texts.length === 0 ? null : texts.slice(0, 100);
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

/** Seconds have ten digits, milliseconds thirteen. */
function instantOfNumber(text: string): string | null {
  return instantOfMilliseconds(/^\d{10}(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
}

function withoutAbsent(event: { readonly [Name in keyof GenericContactEvent]: GenericContactEvent[Name] | undefined }) {
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined),
  ) as unknown as GenericContactEvent;
}
