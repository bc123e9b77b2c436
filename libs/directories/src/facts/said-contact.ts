import type { ContactFact } from '#libs/interaction';
import { type AddressKind, readAddresses, type SaidAddress } from './addresses.js';
import { contactFact, type ContactRest, type DirectoryArrival, type EventOrigin } from './arrival.js';

/** What a directory says of a contact: what is absent it does not say, null clears. */
export interface SaidContact {
  readonly externalId: string;
  readonly name?: string | null;
  readonly givenName?: string | null;
  readonly familyName?: string | null;
  readonly company?: string | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
  readonly url?: string | null;
  readonly emails?: readonly SaidAddress[] | null;
  readonly phones?: readonly SaidAddress[] | null;
  /** What this integration gave before and neither list holds is the contact's no more. */
  readonly complete?: boolean;
  /** Lists whose kind this replaces whole, the other kind left alone. */
  readonly replaces?: readonly AddressKind[];
}

/** Facts of an upsert, and what of it was left out. */
export interface UpsertRead {
  readonly facts: readonly ContactFact[];
  /** `address-left-out: emails/0, phones/2`; null where everything could be read. */
  readonly note: string | null;
}

const LONGEST = {
  name: 200,
  givenName: 200,
  familyName: 200,
  company: 200,
  locale: 35,
  timeZone: 64,
  url: 2000,
} as const;
const TEXTS = Object.keys(LONGEST) as (keyof typeof LONGEST)[];

/**
 * The facts that an upsert amounts to, for directories that nobody can tell of a mistake: an address that is none is left out and
 * noted, a text that is too long is cut. A list that replaces another one is two facts of one time: all go, these are there.
 */
export function upsertOf(arrival: DirectoryArrival, origin: EventOrigin, said: SaidContact): UpsertRead {
  const contact = { integration: arrival.integration, externalId: said.externalId };
  const emails = listOf('email', said.emails, arrival);
  const phones = listOf('phone', said.phones, arrival);
  const cleared: ContactRest = {
    ...(said.replaces?.includes('email') && emails.list !== undefined ? { emails: null } : {}),
    ...(said.replaces?.includes('phone') && phones.list !== undefined ? { phones: null } : {}),
  };
  const isReplaced = Object.keys(cleared).length > 0 && said.complete !== true;
  const clearing = isReplaced ? [contactFact(arrival, origin, 'upserted', { contact, ...cleared })] : [];
  const rest: ContactRest = {
    contact,
    ...textsOf(said),
    ...(emails.list === undefined ? {} : { emails: emails.list }),
    ...(phones.list === undefined ? {} : { phones: phones.list }),
    ...(said.complete === true ? { complete: true } : {}),
  };
  const places = [...emails.wrong.map((at) => `emails/${at}`), ...phones.wrong.map((at) => `phones/${at}`)];
  return {
    facts: [...clearing, contactFact(arrival, origin, 'upserted', rest, clearing.length)],
    note: places.length === 0 ? null : `address-left-out: ${places.join(', ')}`,
  };
}

function listOf(kind: AddressKind, said: readonly SaidAddress[] | null | undefined, arrival: DirectoryArrival) {
  if (said === undefined || said === null) {
    return { list: said, wrong: [] };
  }
  const { addresses, wrong } = readAddresses(kind, said, arrival);
  // A list of which nothing can be read clears nothing.
  const isUnreadable = addresses.length === 0 && wrong.length > 0;
  return { list: isUnreadable ? undefined : addresses.length === 0 ? null : [...addresses], wrong };
}

function textsOf(said: SaidContact): Partial<Record<keyof typeof LONGEST, string | null>> {
  const told = TEXTS.flatMap((name): [string, string | null][] => {
    const value = said[name];
    return value === undefined ? [] : [[name, value === null ? null : shortened(value, LONGEST[name])]];
  });
  return Object.fromEntries(told);
}

/** Null for a text of blanks; cut between letters, never inside one. */
function shortened(text: string, longest: number): string | null {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line === '' ? null : line.length <= longest ? line : line.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** Takes away what the integration calls a contact, has a person erased, or joins what were taken for two. */
export function endOf(
  arrival: DirectoryArrival,
  origin: EventOrigin,
  kind: 'deleted' | 'erased',
  externalId: string,
): ContactFact {
  const contact = { integration: arrival.integration, externalId };
  return contactFact(arrival, origin, kind, kind === 'erased' ? { contact, mayErase: arrival.mayErase } : { contact });
}

/** `externalId` stays, `gone` go. */
export function mergeOf(
  arrival: DirectoryArrival,
  origin: EventOrigin,
  externalId: string,
  gone: readonly string[],
): ContactFact {
  const contact = { integration: arrival.integration, externalId };
  return contactFact(arrival, origin, 'merged', { contact, mergedExternalIds: [...new Set(gone)] });
}
