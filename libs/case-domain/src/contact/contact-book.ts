import type { ContactChanged, ContactMerge } from './contact-change.js';
import { type ContactIdentity, type ContactState, identityKeyOf, identityNameOf } from './contact-state.js';
import type { Claim } from './holders.js';
import { survivorsOf, type Survivors } from './survivors.js';
import { compare } from './told.js';

/** Contacts as they were loaded: with those that live on in one another, and with whoever else has their identities. */
export interface LoadedContacts {
  readonly states: readonly ContactState[];
  readonly identities: readonly ContactIdentity[];
  readonly merges: readonly ContactMerge[];
}

const NOBODY: LoadedContacts = { states: [], identities: [], merges: [] };

/**
 * A book of nobody, for decisions about contacts that are not known yet.
 */
export function emptyBook(): ContactBook {
  return new ContactBook(NOBODY, null, true);
}

/** Contacts that decisions may change, as they stand after what was decided so far. */
export class ContactBook {
  private readonly states = new Map<string, ContactState>();
  /** By `identityKeyOf`; null: it was taken away. */
  private readonly identities = new Map<string, ContactIdentity | null>();
  /** Keys of identities by `identityNameOf`. */
  private readonly bearers = new Map<string, Set<string>>();
  private readonly ownKeys = new Map<string, Set<string>>();
  private readonly merges = new Map<string, ContactMerge>();
  #survivors: Survivors | null = null;

  /** `base`: what this one says nothing of is as it is there. */
  constructor(
    { states, identities, merges }: LoadedContacts = NOBODY,
    private readonly base: ContactBook | null = null,
    private readonly asked = states.length + identities.length > 0 || base !== null,
  ) {
    states.forEach((state) => this.putState(state));
    identities.forEach((identity) => this.putIdentity(identity));
    merges.forEach((merge) => this.putMerge(merge));
  }

  /** Whether any contact may change: what is met meanwhile is written down here, too. */
  get isAsked(): boolean {
    return this.asked;
  }

  /** A book on top of this one: what is written there changes nothing here. */
  layer(): ContactBook {
    return new ContactBook(NOBODY, this);
  }

  state(id: string): ContactState | null {
    return this.states.get(id) ?? this.base?.state(id) ?? null;
  }

  identity(name: Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>): ContactIdentity | null {
    return this.found(identityKeyOf(name));
  }

  /** Identities that were told of the contact itself. */
  identitiesOf(contactId: string): ContactIdentity[] {
    return this.listed((book) => book.ownKeys.get(contactId));
  }

  /** Everybody who was told to have an identity, by the contacts of which it was told. */
  bearersOf(name: Pick<ContactIdentity, 'kind' | 'value'>): ContactIdentity[] {
    const named = identityNameOf(name);
    return this.listed((book) => book.bearers.get(named));
  }

  claimsOn(name: Pick<ContactIdentity, 'kind' | 'value'>): Claim[] {
    return this.bearersOf(name).map((identity) => ({ identity, key: this.keyOf(identity.contactId) }));
  }

  /** The contact that the named one lives on in. */
  survivorOf(id: string): string {
    return this.living().of.get(id) ?? id;
  }

  /** The merge said of two contacts that were one already. */
  isIdle(mergeId: string): boolean {
    return this.living().idle.has(mergeId);
  }

  /** A contact with all that live on in it, itself first, the others in the order of ids. */
  familyOf(id: string): ContactState[] {
    const rootId = this.survivorOf(id);
    const merged = [...this.living().of].flatMap(([one, root]) => (root === rootId && one !== rootId ? [one] : []));
    return [rootId, ...merged.sort(compare)].flatMap((one) => this.state(one) ?? []);
  }

  allMerges(): ReadonlyMap<string, ContactMerge> {
    const below = this.base?.allMerges();
    return below === undefined ? this.merges : this.merges.size === 0 ? below : new Map([...below, ...this.merges]);
  }

  /** Ids of contacts of which this book says something that its base does not. */
  written(): string[] {
    return [...this.states.keys()].sort(compare);
  }

  /** Moves past what was decided. */
  apply(changes: readonly ContactChanged[], merges: readonly ContactMerge[]): void {
    for (const { state, identities, removed } of changes) {
      this.putState(state);
      identities.forEach((identity) => this.putIdentity(identity));
      removed.forEach((name) => this.dropIdentity({ ...name, contactId: state.id }));
    }
    merges.forEach((merge) => this.putMerge(merge));
  }

  putState(state: ContactState): void {
    this.states.set(state.id, state);
  }

  putIdentity(identity: ContactIdentity): void {
    const key = identityKeyOf(identity);
    this.identities.set(key, identity);
    index(this.bearers, identityNameOf(identity), key);
    index(this.ownKeys, identity.contactId, key);
  }

  dropIdentity(name: Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>): void {
    this.identities.set(identityKeyOf(name), null);
  }

  putMerge(merge: ContactMerge): void {
    this.merges.set(merge.id, merge);
    this.#survivors = null;
  }

  private living(): Survivors {
    if (this.base !== null && this.merges.size === 0) {
      return this.base.living();
    }
    this.#survivors ??= survivorsOf(this.allMerges().values());
    return this.#survivors;
  }

  /** The least of what directories call the contact; empty where none has a name for it. */
  private keyOf(contactId: string): string {
    const keys = this.identitiesOf(contactId).flatMap(({ kind, value }) => (kind === 'external' ? [value] : []));
    return keys.sort(compare)[0] ?? '';
  }

  private found(key: string): ContactIdentity | null {
    const own = this.identities.get(key);
    return own === undefined ? (this.base?.found(key) ?? null) : own;
  }

  private listed(keysIn: (book: ContactBook) => ReadonlySet<string> | undefined): ContactIdentity[] {
    const keys = this.keys(keysIn);
    if (keys.size <= 1) {
      const [only] = keys;
      const one = only === undefined ? null : this.found(only);
      return one === null ? [] : [one];
    }
    return [...keys].sort(compare).flatMap((key) => this.found(key) ?? []);
  }

  /** Mostly only one of the two books says anything, and then nothing is copied. */
  private keys(keysIn: (book: ContactBook) => ReadonlySet<string> | undefined): ReadonlySet<string> {
    const own = keysIn(this);
    const below = this.base?.keys(keysIn) ?? NO_KEYS;
    if (own === undefined) {
      return below;
    }
    return below.size === 0 ? own : new Set([...below, ...own]);
  }
}

const NO_KEYS: ReadonlySet<string> = new Set();

function index(keys: Map<string, Set<string>>, name: string, key: string): void {
  const known = keys.get(name);
  if (known === undefined) {
    keys.set(name, new Set([key]));
  } else {
    known.add(key);
  }
}
