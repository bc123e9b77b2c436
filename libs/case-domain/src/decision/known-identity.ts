import type { ContactBook } from '../contact/contact-book.js';
import type { ContactIdentity } from '../contact/contact-state.js';
import type { KnownIdentity } from './calls.js';

/**
 * Who bears a name, as `loadIdentities` reads it from the tables: by the contacts that live on, former identities only where
 * nobody has them now, and an address by its holder alone. Null: nobody.
 */
export function knownIdentity(
  name: Pick<ContactIdentity, 'kind' | 'value'>,
  people: ContactBook,
): KnownIdentity | null {
  const held = people.bearersOf(name).filter(({ held: isHeld, contactId }) => {
    return isHeld && people.state(contactId)?.deletedAt === null;
  });
  const current = held.filter(({ former }) => !former);
  const borne = (current.length === 0 ? held : current).flatMap((identity) => {
    const own = people.state(identity.contactId);
    const survivor = people.state(people.survivorOf(identity.contactId));
    return own === null || survivor === null ? [] : [{ identity, own, survivor }];
  });
  if (borne.length === 0) {
    return null;
  }
  const lines = borne.filter(({ survivor }) => survivor.kind === 'shared_line').map(({ survivor }) => survivor.id);
  const persons = borne.filter(({ survivor }) => survivor.kind !== 'shared_line').map(({ survivor }) => survivor);
  const holders = [...new Set(persons.map(({ id }) => id))].sort();
  return {
    contactId: holders[0] ?? [...lines].sort()[0] ?? '',
    verified: borne.some(({ identity }) => identity.verifiedAt !== null),
    shared: holders.length !== 1 || borne.some(({ identity }) => identity.shared),
    holders,
    lineContactId: [...lines].sort()[0] ?? null,
    name: persons.map((one) => one.name).find((one) => one !== null) ?? null,
    blocked: borne.some(({ own, survivor }) => own.blocked || survivor.blocked),
  };
}
