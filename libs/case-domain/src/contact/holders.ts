import type { ContactIdentity } from './contact-state.js';
import { compare } from './told.js';

/** One of those who say that an address is theirs, and what it is called by directories: ids of contacts decide nothing. */
export interface Claim {
  readonly identity: ContactIdentity;
  /** The least of the external identities of its contact; empty: it has none. */
  readonly key: string;
}

/**
 * Who has an address that several contacts were told to have: never two. Who has it now goes before whose it was; then who
 * was told to have it first. Who was only heard by it comes last: whoever is told to have had it would have been found, had
 * that been known. By what is known alone, not by the order in which it became known.
 */
export function holderOf(claims: readonly Claim[]): ContactIdentity | null {
  const [first] = [...claims].sort((one, other) => rankOf(one.identity) - rankOf(other.identity) || byAge(one, other));
  return first?.identity ?? null;
}

/**
 * Who was told first to have a name, whoever has it now: whoever was only heard under it is taken to be this one, so what
 * strangers wrote does not move with an address that is given to somebody else. Null: nobody was told to have it.
 */
export function firstToldOf(claims: readonly Claim[]): ContactIdentity | null {
  const [first] = claims.filter(({ identity }) => !isOnlyHeard(identity)).sort(byAge);
  return first?.identity ?? null;
}

/** No source tells it. */
export function isOnlyHeard({ told }: Pick<ContactIdentity, 'told'>): boolean {
  return Object.keys(told).length === 0;
}

function rankOf(identity: ContactIdentity): number {
  return isOnlyHeard(identity) ? 2 : identity.former ? 1 : 0;
}

function byAge(one: Claim, other: Claim): number {
  return (
    compare(sinceOf(one.identity), sinceOf(other.identity)) ||
    compare(one.key, other.key) ||
    compare(one.identity.contactId, other.identity.contactId)
  );
}

function sinceOf({ told, firstSeen }: ContactIdentity): string {
  const firsts = Object.values(told).map(({ first }) => first);
  return firsts.length === 0 ? firstSeen : firsts.reduce((one, other) => (other < one ? other : one));
}
