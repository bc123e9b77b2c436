import { sameValue } from '../case/change.js';
import type { ContactBook } from './contact-book.js';
import type { ContactChanged, ContactReconsideration } from './contact-change.js';
import { type ContactIdentity, type ContactState, identityKeyOf } from './contact-state.js';

type IdentityName = Pick<ContactIdentity, 'kind' | 'value'>;

/**
 * What a book says otherwise than the one that it stands on, each contact once. A person whom anything about those who
 * live on in it changes is another one, too. `now`: ISO instant.
 */
export function changesBetween(
  given: ContactBook,
  book: ContactBook,
  removed: readonly Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>[],
  now: string,
): ContactChanged[] {
  const drafts = book.written().flatMap((id) => draftOf(id, given, book, removed) ?? []);
  const seen = new Set(drafts.flatMap(({ state, isSeen }) => (isSeen ? bothRoots(state.id, given, book) : [])));
  const written = new Set(drafts.map(({ state }) => state.id));
  const beside = [...seen].filter((id) => !written.has(id)).flatMap((id) => book.state(id) ?? []);
  const untouched = beside.map((state): Draft => ({
    state,
    version: state.version,
    identities: [],
    removed: [],
    isSeen: true,
  }));
  return [...drafts, ...untouched].map(({ state, version, identities, removed: gone, isSeen }) => {
    const isChanged = isSeen || seen.has(state.id);
    const after = isChanged ? { ...state, version: version + 1, updatedAt: now } : state;
    const added = identities.filter((one) => given.identity(one) === null).map(identityKeyOf);
    return { state: after, before: version, identities, added, removed: gone };
  });
}

interface Draft {
  readonly state: ContactState;
  /** Before. */
  readonly version: number;
  readonly identities: readonly ContactIdentity[];
  readonly removed: readonly IdentityName[];
  /** Somebody who looks at the contact sees a difference. */
  readonly isSeen: boolean;
}

function draftOf(
  id: string,
  given: ContactBook,
  book: ContactBook,
  removed: readonly Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>[],
): Draft | null {
  const state = book.state(id);
  const before = given.state(id);
  const identities = book.identitiesOf(id).filter((one) => !sameValue(one, given.identity(one)));
  const gone = removed.filter((one) => one.contactId === id && given.identity(one) !== null);
  const isSame = before !== null && sameValue(state, before);
  if (state === null || (isSame && identities.length + gone.length === 0)) {
    return null;
  }
  const isSeen =
    before === null ||
    gone.length > 0 ||
    !sameValue(seenOf(state), seenOf(before)) ||
    identities.some((one) => !sameValue(seenIdentity(one), seenIdentity(given.identity(one))));
  const names = gone.map(({ kind, value }) => ({ kind, value }));
  return { state, version: before?.version ?? 0, identities, removed: names, isSeen };
}

function bothRoots(id: string, given: ContactBook, book: ContactBook): string[] {
  return [given.survivorOf(id), book.survivorOf(id)];
}

/** Without when and by whom it was told: a directory that says the same again changes nothing that anybody sees. */
function seenOf({ told: _, heard: __, version: ___, updatedAt: ____, ...seen }: ContactState): object {
  return seen;
}

function seenIdentity(identity: ContactIdentity | null): object | null {
  if (identity === null) {
    return null;
  }
  const { told: _, firstSeen: __, verifiedAt, ...seen } = identity;
  return { ...seen, isVerified: verifiedAt !== null };
}

/** Two books, and what lies between them. */
export interface ContactNews {
  readonly given: ContactBook;
  readonly book: ContactBook;
  /** Contacts that live on in somebody else than before. */
  readonly moved: ReadonlySet<string>;
  /** Identities of which something was said. */
  readonly names: readonly IdentityName[];
}

/** Contacts whose cases may mean somebody else now: those that live on elsewhere, and who bears names that moved. */
export function toReconsider(news: ContactNews): Pick<ContactReconsideration, 'contactId' | 'because'>[] {
  const { given, book, moved } = news;
  const merged = [...moved].flatMap((contactId) => {
    const survivor = book.survivorOf(contactId);
    // Whoever lived on in somebody else than now takes along what went there.
    const hasLeft = book.survivorOf(given.survivorOf(contactId)) !== survivor;
    return [
      ...(hasLeft ? [{ contactId, because: 'unmerged' } as const] : []),
      ...(survivor === contactId ? [] : [{ contactId, because: 'merged' } as const]),
    ];
  });
  const names = [...news.names, ...[...moved].flatMap((id) => book.identitiesOf(id))];
  const others = names.filter((name) => isElsewhere(name, news)).flatMap((name) => personsOf(name, book, () => true));
  const known = [...new Set(others)].filter((id) => !moved.has(id) && given.state(id) !== null);
  return [...merged, ...known.map((contactId) => ({ contactId, because: 'identity' }) as const)];
}

/** Who bears the name is not who bore it. */
function isElsewhere(name: IdentityName, { given, book, moved }: ContactNews): boolean {
  const isTheirs = ({ former, held }: ContactIdentity): boolean => !former && held;
  const now = new Set(personsOf(name, book, isTheirs));
  const before = new Set(personsOf(name, given, isTheirs));
  return now.size !== before.size || [...now].some((id) => !before.has(id) || moved.has(id));
}

function personsOf(name: IdentityName, book: ContactBook, counts: (one: ContactIdentity) => boolean): string[] {
  return book.bearersOf(name).flatMap((one) => (counts(one) ? [book.survivorOf(one.contactId)] : []));
}
