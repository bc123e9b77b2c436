import type { ContactFact } from '#libs/interaction';
import type { ContactBook } from '../contact/contact-book.js';
import type { ContactDesk, IdentityName } from '../contact/contact-desk.js';
import { spellingsOf } from '../contact/strangers.js';
import type { Name } from '../decision/needs.js';
import { identityOf } from '../decision/snapshot.js';

const FIVE_MINUTES = 5 * 60_000;

/** When it happened; what claims to come from the future happened when it was received. ISO instant. */
export function instantOf({ origin: { at, receivedAt } }: ContactFact): string {
  return Date.parse(at) > Date.parse(receivedAt) + FIVE_MINUTES ? receivedAt : at;
}

/** Who tells it: identities that one tells are no other's to take back. */
export function sourceOf({ contact, origin }: ContactFact): string {
  return contact?.integration ?? origin.connection;
}

export function externalName(integration: string, externalId: string): IdentityName {
  return { kind: 'external', value: `${integration}:${externalId}` };
}

/** Every name that a fact uses of contacts, with other spellings of its numbers. */
export function namesOfFact(fact: ContactFact): Name[] {
  const { contact, mergedExternalIds, emails, phones } = fact;
  const keys = contact ? [contact.externalId, ...(mergedExternalIds ?? [])] : [];
  return [
    ...keys.map((externalId) => externalName(sourceOf(fact), externalId)),
    ...(emails ?? []).map(({ value }) => ({ kind: 'email', value })),
    ...(phones ?? []).flatMap(({ value }) => spellingsOf({ kind: 'phone', value })),
  ];
}

/** By `identityOf`: what has to be known before facts are decided. */
export function nameContactFacts(facts: readonly ContactFact[]): ReadonlyMap<string, Name> {
  return new Map(facts.flatMap(namesOfFact).map((name) => [identityOf(name), name]));
}

/** The contact that a directory calls so, made where nobody was called so before. */
export function contactOfKey(name: IdentityName, desk: ContactDesk): string {
  return desk.book.bearersOf(name)[0]?.contactId ?? desk.create();
}

/**
 * Of a row without a key of its own the contact that has its first address; else the one with its first number, where
 * that is called the same or by no name; else a new one.
 */
export function contactOfRow({ emails, phones, name }: ContactFact, desk: ContactDesk): string {
  const { book } = desk;
  const [email] = emails ?? [];
  const [phone] = phones ?? [];
  if (email !== undefined) {
    const holder = book.bearersOf({ kind: 'email', value: email.value }).find(({ held }) => held);
    return holder?.contactId ?? desk.create();
  }
  const bearers = phone === undefined ? [] : book.bearersOf({ kind: 'phone', value: phone.value });
  const current = bearers.filter(({ former }) => !former).map(({ contactId }) => contactId);
  return current.find((id) => mayBe(id, name ?? null, book)) ?? desk.create();
}

/** A number alone names nobody who is called otherwise. */
function mayBe(contactId: string, name: string | null, book: ContactBook): boolean {
  const state = book.state(book.survivorOf(contactId));
  const isNamed = state !== null && !state.heard && state.name !== null;
  return state?.kind === 'person' && (!isNamed || name === null || spelledAlike(state.name) === spelledAlike(name));
}

function spelledAlike(name: string | null): string {
  return (name ?? '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
