import type { ContactDesk, IdentityName } from '../contact/contact-desk.js';
import type { ContactIdentity, ContactState } from '../contact/contact-state.js';
import type { ContactMoment } from '../contact/contact-desk.js';
import { isOnlyHeard } from '../contact/holders.js';
import { isDenied, mergeOfStranger, spellingsOf } from '../contact/strangers.js';

/**
 * Whoever was only met under a name, and is known to no directory, turns out to be the contact that a directory has under
 * it: as if that had been told first; not where somebody has said that they are two. An address is one person's. A number
 * may be several people's, so only somebody of whom nothing but the number was heard is taken to be this one.
 */
export function absorbStrangers(
  contactId: string,
  name: IdentityName,
  at: string,
  desk: ContactDesk,
  { newId, by }: ContactMoment,
): void {
  const { book } = desk;
  for (const { contactId: bearerId, told } of spellingsOf(name).flatMap((one) => book.bearersOf(one))) {
    const loserId = book.survivorOf(bearerId);
    const isSelf = loserId === book.survivorOf(contactId);
    const isNobodyElse = (): boolean =>
      (name.kind === 'email' ? isKeyless(loserId, desk) : isOnlyHeardBy(loserId, name, desk)) &&
      ![bearerId, loserId].some((id) => isDenied(id, contactId, book));
    if (!isSelf && isNobodyElse()) {
      const merge = { loserId, winnerId: contactId, at, by };
      desk.merge(
        isOnlyHeard({ told })
          ? mergeOfStranger(bearerId, merge)
          : { id: newId(), ...merge, heardId: bearerId, undoneAt: null },
      );
    }
  }
}

function isKeyless(id: string, desk: ContactDesk): boolean {
  const family = desk.book.familyOf(id);
  return family.every(isPerson) && !identitiesOf(family, desk).some(({ kind }) => kind === 'external');
}

function isOnlyHeardBy(id: string, name: IdentityName, desk: ContactDesk): boolean {
  const family = desk.book.familyOf(id);
  const spellings = new Set(spellingsOf(name).map(({ value }) => value));
  const isOfNumber = ({ kind, value }: ContactIdentity): boolean => kind === 'phone' && spellings.has(value);
  return family.every((state) => isPerson(state) && state.heard) && identitiesOf(family, desk).every(isOfNumber);
}

function isPerson({ kind, deletedAt }: ContactState): boolean {
  return kind === 'person' && deletedAt === null;
}

function identitiesOf(family: readonly ContactState[], desk: ContactDesk): ContactIdentity[] {
  return family.flatMap(({ id }) => desk.book.identitiesOf(id));
}
