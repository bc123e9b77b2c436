import type { ContactWish, ContactValue, IdentityWish, IdentityWords } from '#libs/case-domain';
import { normaliseEmailAddress, normalisePhoneNumber } from '#libs/interaction';
import { timeZone } from '../../account/account-body.js';
import { byKey, listOf, objectOf } from '../../body/collections.js';
import { checked, described, type Field, nullable, readOnly, required, type Values } from '../../body/field.js';
import type { Fault, Place } from '../../body/place.js';
import { line, oneOf, text, truth, uuid } from '../../body/values.js';
import { contactCalled } from '../../cases/write/case-body.js';
import { CONTACT_KINDS, IDENTITY_KINDS } from '../contact.resource.js';

const MOST_IDENTITIES = 50;
const MOST_CUSTOM = 50;
const MOST_MERGED = 20;
const LONGEST_CUSTOM = 1000;
const LONGEST_INTEGRATION = 100;

const locale = described(
  checked(line({ max: 35 }), (value, place) => canonicalLocale(value) ?? place.refuse('Must be a language, as pt-PT.')),
  'BCP 47.',
  'pt-PT',
);

function canonicalLocale(value: string): string | null {
  try {
    return Intl.getCanonicalLocales(value)[0] ?? null;
  } catch {
    return null;
  }
}

const customText = text({ min: 0, max: LONGEST_CUSTOM });
const customValue: Field<ContactValue | null> = {
  read(given, place) {
    if (typeof given === 'string') {
      return customText.read(given, place);
    }
    const isScalar = given === null || typeof given === 'boolean' || Number.isFinite(given);
    return isScalar ? (given as ContactValue | null) : place.refuse('Must be a text, a number, true, false, or null.');
  },
  schema: {
    anyOf: [{ type: 'string', maxLength: LONGEST_CUSTOM }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }],
  },
};
const KEY = line({ max: 64 });
const customFields = described(
  checked(byKey(customValue, { max: MOST_CUSTOM }), (given, place) => {
    const wrong = [...given.keys()].filter((key) => KEY.read(key, place.at(key)) !== key);
    return wrong.length > 0 ? undefined : Object.fromEntries(given);
  }),
  'By keys of your own, 1 to 64 characters; null takes a value away.',
);

const WRITTEN = {
  name: nullable(described(line({ max: 200 }), 'What people call the contact.', 'Rita Alves')),
  company: nullable(line({ max: 200 })),
  time_zone: nullable(described(timeZone, 'IANA.', 'Europe/Lisbon')),
  locale: nullable(locale),
  kind: described(oneOf(CONTACT_KINDS), '`shared_line`: a number of which nobody knows who is speaking.'),
  blocked: described(truth(), 'true: what the contact writes or calls is recorded, and opens and changes no case.'),
  custom_fields: customFields,
};

const SERVED = {
  ...{ id: readOnly(), account_id: readOnly(), url: readOnly(), merged_from: readOnly() },
  ...{ version: readOnly(), created_at: readOnly(), updated_at: readOnly() },
};

const WORDS = {
  label: nullable(described(line({ max: 60 }), 'What people call it.', 'work')),
  verified: described(truth(), 'It is proven to be the contact’s.'),
  primary: described(truth(), 'The one of its kind to use first; no other one is then.'),
  shared: described(truth(), 'true: several people use it, and it identifies nobody alone.'),
};
const IDENTITY_SERVED = {
  ...{ id: readOnly(), value_raw: readOnly(), verified_at: readOnly(), former: readOnly(), conflicting: readOnly() },
  ...{ sources: readOnly(), first_seen_at: readOnly() },
};

/** What a new identity takes. */
export const NEW_IDENTITY = {
  kind: required(oneOf(IDENTITY_KINDS)),
  value: required(
    described(
      line({ max: 620 }),
      'An address; a number in any spelling, of the account’s country where it names none; `integration:id`.',
      'rita@example.org',
    ),
  ),
  ...WORDS,
  ...IDENTITY_SERVED,
};

/** What changes of an identity take. What it is stays: give the contact another one instead. */
export const IDENTITY_PATCH = { kind: readOnly(), value: readOnly(), ...WORDS, ...IDENTITY_SERVED };

/** An identity within a body. `country`: where numbers are from that name none. */
function identityIn(country: string | null): Field<IdentityWish> {
  return checked(objectOf(NEW_IDENTITY), (given, place) => identityWish(given, place, country));
}

/** What of a new contact is told beside its identities. */
export function contactFields(country: string | null) {
  const identities = checked(listOf(identityIn(country), { max: MOST_IDENTITIES }), (given, place) => {
    const names = given.map(({ kind, value }) => `${kind}:${value}`);
    const twice = names.findIndex((name, index) => names.indexOf(name) < index);
    return twice < 0 ? given : place.at(twice).refuse('Must differ from those before it.');
  });
  return { ...WRITTEN, identities: described(identities, 'At least one, or a name.'), ...SERVED };
}

export const CONTACT_PATCH = { ...WRITTEN, identities: readOnly(), ...SERVED };
export const MERGE = {
  into: required(contactCalled),
  from: required(
    described(
      checked(listOf(contactCalled, { max: MOST_MERGED }), (given, place) =>
        given.length === 0 ? place.refuse('Must name a contact.') : given,
      ),
      'Contacts that live on in it.',
    ),
  ),
};
export const UNMERGE = { contact_id: required(described(uuid(), 'The contact that is to be itself again.')) };

/** The wish that a body says. */
export function contactWishOf(given: Values<typeof WRITTEN>): ContactWish {
  const { name, company, locale: language, time_zone: zone, kind, blocked, custom_fields: custom } = given;
  const said = { name, company, locale: language, timeZone: zone };
  const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return {
    fields,
    ...(kind === undefined ? {} : { kind }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(custom === undefined ? {} : { custom }),
  };
}

/** What is wrong with a new contact beyond its single values: nobody could tell who it is. */
export function faultsOfNew(body: unknown, { name, identities }: Values<ReturnType<typeof contactFields>>): Fault[] {
  const isSent = typeof body === 'object' && body !== null && ('name' in body || 'identities' in body);
  const isSomebody = (name ?? null) !== null || (identities?.length ?? 0) > 0;
  const detail = 'Give it a name, or an identity.';
  return isSomebody || (isSent && name === undefined && identities === undefined)
    ? []
    : [{ pointer: '/name', code: 'field-required', detail }];
}

/** The identity that a body says; undefined when it is none, which `place` was told. */
export function identityWish(
  { kind, value, label, verified, primary, shared }: Values<typeof NEW_IDENTITY>,
  place: Place,
  country: string | null,
): IdentityWish | undefined {
  const name = kind === undefined || value === undefined ? null : normalValue(kind, value, country);
  if (kind === undefined || value === undefined) {
    return undefined;
  }
  if (name === null) {
    return place.at('value').refuse(FORMS[kind]);
  }
  return { kind, value: name, raw: value, pointer: place.pointer, ...wordsOf({ label, verified, primary, shared }) };
}

export function wordsOf(given: Values<typeof WORDS>): IdentityWords {
  const { label, verified, primary, shared } = given;
  return Object.fromEntries(
    Object.entries({ label, verified, primary, shared }).filter(([, value]) => value !== undefined),
  );
}

const FORMS = {
  email: 'Must be a mail address.',
  phone: 'Must be a telephone number.',
  external: 'Must be an integration and what it calls the contact: hubspot:1246965.',
} as const;

/** As identities are compared and stored; null for what is none. */
function normalValue(kind: (typeof IDENTITY_KINDS)[number], value: string, country: string | null): string | null {
  switch (kind) {
    case 'email':
      return normaliseEmailAddress(value);
    case 'phone':
      return normalisePhoneNumber(value, country);
    case 'external': {
      const integration = value.slice(0, value.indexOf(':'));
      const isSound = integration.length > 0 && integration.length <= LONGEST_INTEGRATION && value.length <= 500 + 101;
      return isSound && value.length > integration.length + 1 ? value : null;
    }
  }
}
