import { derivedEventId, phoneAlternates } from '#libs/interaction';
import type { ContactBook } from './contact-book.js';
import type { ContactMerge } from './contact-change.js';
import type { ContactIdentity } from './contact-state.js';
import { firstToldOf, isOnlyHeard } from './holders.js';

type IdentityName = Pick<ContactIdentity, 'kind' | 'value'>;

/** A name, and where it is a number its other spellings. */
export function spellingsOf<Kind extends string>(name: { kind: Kind; value: string }): { kind: Kind; value: string }[] {
  const others = name.kind === 'phone' ? phoneAlternates(name.value) : [];
  return [name, ...others.map((value) => ({ kind: name.kind, value }))];
}

/** The merge of somebody who was only heard under a name with one who was told to have it; always the same of these two. */
export function mergeOfStranger(
  heardId: string,
  merge: Omit<ContactMerge, 'id' | 'heardId' | 'undoneAt'>,
): ContactMerge {
  return { id: derivedEventId('contact_merge', heardId, merge.winnerId), heardId, ...merge, undoneAt: null };
}

/** Whether somebody has said that a contact is not the person which another one is: no name makes it so again. */
export function isDenied(id: string, otherId: string, book: ContactBook): boolean {
  const denials = [...book.allMerges().values()].filter(
    ({ heardId, undoneAt }) => heardId === null && undoneAt !== null,
  );
  const person = book.survivorOf(otherId);
  return denials.some(({ loserId, winnerId }) => {
    return (
      (loserId === id && book.survivorOf(winnerId) === person) ||
      (winnerId === id && book.survivorOf(loserId) === person)
    );
  });
}

/**
 * Merges of strangers that what is told of the names by now moves, each undone and said of another contact: whoever was
 * only heard under a name is always who was told first to have it, not who became known first. `at`: ISO instant.
 */
export function movedStrangers(names: Iterable<IdentityName>, book: ContactBook, at: string): ContactMerge[] {
  const heard = new Set(
    [...names].flatMap((name) =>
      name.kind === 'external'
        ? []
        : spellingsOf(name).flatMap((one) =>
            book
              .bearersOf(one)
              .filter(isOnlyHeard)
              .map(({ contactId }) => contactId),
          ),
    ),
  );
  if (heard.size === 0) {
    return [];
  }
  const merges = [...book.allMerges().values()].filter(({ heardId, undoneAt }) => {
    return undoneAt === null && heardId !== null && heard.has(heardId);
  });
  return merges.flatMap((merge) => {
    const { heardId, loserId, at: saidAt, by } = merge;
    const winnerId = heardId === null ? null : personTold(heardId, book);
    return heardId === null || winnerId === null || winnerId === merge.winnerId
      ? []
      : [{ ...merge, undoneAt: at }, mergeOfStranger(heardId, { loserId, winnerId, at: saidAt, by })];
  });
}

/** Who was told first to have a name that the contact was heard under: an address, else a number. */
function personTold(heardId: string, book: ContactBook): string | null {
  const own = book.identitiesOf(heardId).filter(isOnlyHeard);
  const emails = own.filter(({ kind }) => kind === 'email');
  const names = emails.length > 0 ? emails : own.filter(({ kind }) => kind === 'phone');
  const claims = names
    .flatMap((name) => spellingsOf({ kind: name.kind, value: name.value }))
    .flatMap((name) => book.claimsOn(name))
    .filter(({ identity: { contactId } }) => contactId !== heardId && !isDenied(heardId, contactId, book));
  return firstToldOf(claims)?.contactId ?? null;
}
