import {
  CONTACT_FIELDS,
  type ContactField,
  type ContactState,
  type ContactValue,
  type Told,
  type ToldOfContact,
} from './contact-state.js';
import { compare, laterOf } from './told.js';

type Shown = Pick<ContactState, ContactField | 'customFields'>;

/**
 * What is shown of a person: of each field what was told of the contact that lives on, else the last word about those
 * that were merged into it; names that were only heard come last.
 */
export function shownOf(root: ContactState, merged: readonly ContactState[]): Shown {
  const own = wordsOf(root);
  const others = merged.map(wordsOf);
  const fields = CONTACT_FIELDS.map((field): [ContactField, string | null] => [
    field,
    valueOf(
      wordFor(own, field),
      others.flatMap((told) => wordFor(told, field) ?? []),
    ),
  ]);
  const keys = new Set([own, ...others].flatMap(({ custom }) => Object.keys(custom)));
  const custom = [...keys].sort(compare).map((key): [string, ContactValue] => [
    key,
    valueOf(
      own.custom[key],
      others.flatMap((told) => told.custom[key] ?? []),
    ),
  ]);
  return {
    ...(Object.fromEntries(fields) as Pick<ContactState, ContactField>),
    customFields: Object.fromEntries(custom.filter(([, value]) => value !== null)),
  };
}

/** A name that was told in its parts later than as a whole is these, joined by a blank. */
function wordFor({ fields }: ToldOfContact, field: ContactField): Told<string | null> | undefined {
  const whole = fields[field];
  const parts = field === 'name' ? [fields.givenName, fields.familyName].flatMap((part) => part ?? []) : [];
  const last = parts.reduce<Told<string | null> | undefined>(laterOf, undefined);
  if (last === undefined || (whole !== undefined && laterOf(last, whole) === whole)) {
    return whole;
  }
  const joined = parts.flatMap(({ value }) => value ?? []).join(' ');
  return { ...last, value: joined === '' ? null : joined };
}

function valueOf<Value>(own: Told<Value | null> | undefined, others: readonly Told<Value | null>[]): Value | null {
  if (own !== undefined && own.at !== '') {
    return own.value;
  }
  const told = [...others, ...(own === undefined ? [] : [own])].filter(({ value }) => value !== null);
  return told.reduce<Told<Value | null> | undefined>(laterOf, undefined)?.value ?? null;
}

/** What was told of a contact, with the name that it was heard by as the weakest of words. */
export function wordsOf({ heard, name, told }: Pick<ContactState, 'heard' | 'name' | 'told'>): ToldOfContact {
  return heard && name !== null && told.fields.name === undefined
    ? { ...told, fields: { ...told.fields, name: { value: name, at: '', by: '' } } }
    : told;
}
