import type { ContactBook } from '../contact/contact-book.js';
import type { ContactIdentity } from '../contact/contact-state.js';
import type { IdentityName } from '../contact/contact-desk.js';
import type { IdentityWish } from './contact-command.js';
import { type ContactRefusal, refuseContact } from './contact-decision.js';

/** More than any person or switchboard has. */
const MOST_IDENTITIES = 100;

/**
 * Who else has an identity that only one may have: an address, unless it was theirs once, or what an integration calls
 * somebody, whose it stays for ever. Null: nobody.
 */
export function holderOfName(book: ContactBook, name: IdentityName, contactId: string | null): string | null {
  if (name.kind === 'phone') {
    return null;
  }
  const isTheirs = ({ held, former }: ContactIdentity): boolean => name.kind === 'external' || (held && !former);
  const holders = book.bearersOf(name).flatMap((one) => (isTheirs(one) ? [book.survivorOf(one.contactId)] : []));
  return holders.find((id) => id !== contactId) ?? null;
}

/** Why a contact cannot have all of the identities; null when it can. `contactId` null: it is new. */
export function refuseTaken(
  book: ContactBook,
  wishes: readonly IdentityWish[],
  contactId: string | null,
): ContactRefusal | null {
  for (const wish of wishes) {
    const holderId = holderOfName(book, wish, contactId);
    if (holderId !== null) {
      const detail = `Another contact has this ${wish.kind === 'email' ? 'address' : 'key'}: merge the two, or take it from that one first.`;
      const faults = [{ pointer: wish.pointer, code: 'identity-taken', detail }];
      return refuseContact('identity-taken', detail, { holderId, faults });
    }
  }
  return null;
}

/** Why a contact cannot have so many more. */
export function refuseTooMany(
  book: ContactBook,
  contactId: string,
  more: readonly IdentityName[],
): ContactRefusal | null {
  const known = identitiesInFamily(book, contactId);
  const added = more.filter((name) => !known.some((one) => isSame(one, name)));
  const detail = `A contact has at most ${MOST_IDENTITIES} identities: take away some that nobody uses.`;
  return known.length + added.length > MOST_IDENTITIES ? refuseContact('limit-reached', detail) : null;
}

/** Everything that was told of a person, of those who live on in it too. */
export function identitiesInFamily(book: ContactBook, contactId: string): ContactIdentity[] {
  return book.familyOf(contactId).flatMap(({ id }) => book.identitiesOf(id));
}

export function isSame(one: IdentityName, other: IdentityName): boolean {
  return one.kind === other.kind && one.value === other.value;
}
