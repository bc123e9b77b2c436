import type { Actor } from '../case/case-change.js';
import { sameValue } from '../case/change.js';
import type { ContactBook } from './contact-book.js';
import type { ContactChanged, ContactMerge, ContactReconsideration } from './contact-change.js';
import {
  BLANK_IDENTITY,
  type ContactIdentity,
  type ContactKind,
  type ContactState,
  identityNameOf,
  NOTHING_TOLD,
  type Told,
  type ToldField,
  type ContactValue,
} from './contact-state.js';
import { holderOf } from './holders.js';
import { changesBetween, toReconsider } from './contact-news.js';
import { shownOf, wordsOf } from './shown.js';
import { movedStrangers } from './strangers.js';
import { clearedAt, laterOf, shownIdentity, type Telling, toldAgain, toldGone } from './told.js';

export type IdentityName = Pick<ContactIdentity, 'kind' | 'value'>;

/** Who changes contacts, and when. */
export interface ContactMoment {
  /** ISO instant of the decision. */
  readonly now: string;
  readonly newId: () => string;
  readonly by: Actor;
}

/** What a desk has come to, as members of effects. */
export interface ContactEffects {
  readonly contactChanges: readonly ContactChanged[];
  readonly contactMerges: readonly ContactMerge[];
  readonly reconsiderations: readonly ContactReconsideration[];
}

/**
 * Where one change of contacts is put together: words are said one after another, and `done` says what they come to:
 * 1. which identities are current by them, and who has each address that several claim;
 * 2. who lives on in whom, strangers in whom their names mean;
 * 3. what is shown of each person that any of this touched;
 * 4. whose cases may mean somebody else now.
 * All of it follows from everything that is known, so the order in which it became known does not matter.
 */
export class ContactDesk {
  /** As it stands after what was said here. */
  readonly book: ContactBook;
  private readonly touched = new Set<string>();
  private readonly names = new Map<string, IdentityName>();
  private readonly removed: Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>[] = [];
  private readonly merges: ContactMerge[] = [];

  /** The book that is given stays as it is. */
  constructor(
    private readonly given: ContactBook,
    private readonly moment: ContactMoment,
  ) {
    this.book = given.layer();
  }

  /** A new contact of which nothing is told yet; its id. */
  create(kind: ContactKind = 'person'): string {
    const id = this.moment.newId();
    const { now } = this.moment;
    const nothing = { name: null, company: null, locale: null, timeZone: null, url: null, customFields: {} };
    const rest = { blocked: false, heard: false, mergedInto: null, told: NOTHING_TOLD, version: 0 };
    this.touch({ id, kind, ...nothing, ...rest, createdAt: now, updatedAt: now, deletedAt: null });
    return id;
  }

  tellField(id: string, field: ToldField, word: Told<string | null>): void {
    const state = this.stateOf(id);
    const { fields } = wordsOf(state);
    const told = { ...state.told, fields: { ...fields, [field]: laterOf(fields[field], word) } };
    this.touch({ ...state, heard: false, told });
  }

  tellCustom(id: string, key: string, word: Told<ContactValue>): void {
    const state = this.stateOf(id);
    const { fields, custom } = wordsOf(state);
    const told = { ...state.told, fields, custom: { ...custom, [key]: laterOf(custom[key], word) } };
    this.touch({ ...state, heard: false, told });
  }

  /** What no directory tells. */
  set(id: string, changed: Partial<Pick<ContactState, 'kind' | 'blocked' | 'deletedAt'>>): void {
    const state = this.stateOf(id);
    this.touch({ ...state, told: wordsOf(state), heard: false, ...changed });
  }

  /** All that the source told of the kind before the instant is former. */
  clear(id: string, source: string, kind: string, at: string): void {
    const state = this.stateOf(id);
    this.touch({ ...state, told: clearedAt(wordsOf(state), source, kind, at) });
    this.book.identitiesOf(id).forEach((identity) => this.concern(identity));
  }

  tell(id: string, name: IdentityName, source: string, telling: Telling): void {
    const state = this.stateOf(id);
    const known = this.book.identity({ contactId: id, ...name });
    const before = known ?? { ...BLANK_IDENTITY, ...name, contactId: id, raw: telling.raw, firstSeen: telling.at };
    const told = { ...before.told, [source]: toldAgain(before.told[source], telling) };
    const firstSeen = telling.at < before.firstSeen ? telling.at : before.firstSeen;
    this.touch({ ...state, told: wordsOf(state), heard: false });
    this.writeIdentity({ ...before, told, firstSeen });
  }

  /** The source takes an identity back. */
  takeBack(id: string, name: IdentityName, source: string, at: string): void {
    const known = this.book.identity({ contactId: id, ...name });
    const before = known ?? { ...BLANK_IDENTITY, ...name, contactId: id, raw: name.value, firstSeen: at };
    const told = { ...before.told, [source]: toldGone(before.told[source], at) };
    this.touch(this.stateOf(id));
    this.writeIdentity({ ...before, told, firstSeen: at < before.firstSeen ? at : before.firstSeen });
  }

  /** A person says that several people use it, or one alone. */
  setShared(id: string, name: IdentityName, shared: boolean): void {
    const known = this.book.identity({ contactId: id, ...name });
    if (known !== null) {
      this.touch(this.stateOf(id));
      this.writeIdentity({ ...known, shared });
    }
  }

  /** A person says that it is not proven: what sources told of proofs counts no more. */
  disprove(id: string, name: IdentityName): void {
    const known = this.book.identity({ contactId: id, ...name });
    if (known !== null) {
      const told = Object.entries(known.told).map(([source, one]) => [source, { ...one, verifiedAt: null }] as const);
      this.touch(this.stateOf(id));
      this.writeIdentity({ ...known, verifiedAt: null, told: Object.fromEntries(told) });
    }
  }

  /** A person takes an identity away for good. */
  remove(id: string, name: IdentityName): void {
    this.touch(this.stateOf(id));
    this.book.dropIdentity({ contactId: id, ...name });
    this.removed.push({ contactId: id, ...name });
    this.concern(name);
  }

  /** Says a merge, or undoes it. */
  merge(merge: ContactMerge): void {
    this.merges.push(merge);
    this.book.putMerge(merge);
    [merge.loserId, merge.winnerId].forEach((id) => this.touch(this.stateOf(id)));
  }

  done(): ContactEffects {
    this.settleIdentities();
    movedStrangers(this.names.values(), this.book, this.moment.now).forEach((merge) => this.merge(merge));
    const moved = this.settleSurvivors();
    this.showPersons(moved);
    const { now: at, by } = this.moment;
    const news = { given: this.given, book: this.book, moved, names: [...this.names.values()] };
    return {
      contactChanges: changesBetween(this.given, this.book, this.removed, at),
      contactMerges: this.merges,
      reconsiderations: toReconsider(news).map((one) => ({ ...one, by, at })),
    };
  }

  private stateOf(id: string): ContactState {
    const state = this.book.state(id);
    if (state === null) {
      throw new Error(`contact ${id} was not loaded`);
    }
    return state;
  }

  private touch(state: ContactState): void {
    this.touched.add(state.id);
    this.book.putState(state);
  }

  private concern(name: IdentityName): void {
    this.names.set(identityNameOf(name), { kind: name.kind, value: name.value });
  }

  private writeIdentity(identity: ContactIdentity): void {
    this.book.putIdentity(identity);
    this.concern(identity);
  }

  /** Former or current first, for all of them; then who has each address. */
  private settleIdentities(): void {
    for (const id of this.touched) {
      const state = this.stateOf(id);
      this.book.identitiesOf(id).forEach((one) => this.book.putIdentity(shownIdentity(one, state)));
    }
    for (const name of this.names.values()) {
      const claims = name.kind === 'email' ? this.book.claimsOn(name) : [];
      const holder = holderOf(claims);
      claims.forEach(({ identity }) => this.hold(identity, identity.contactId === holder?.contactId));
    }
  }

  private hold(identity: ContactIdentity, held: boolean): void {
    if (identity.held !== held) {
      this.book.putIdentity({ ...identity, held });
      this.touch(this.stateOf(identity.contactId));
    }
  }

  /** Contacts that live on in somebody else than before. */
  private settleSurvivors(): Set<string> {
    const moved = new Set<string>();
    const concerned = new Set([...this.touched].flatMap((id) => this.bothFamilies(id)));
    for (const id of concerned) {
      const state = this.stateOf(id);
      const survivor = this.book.survivorOf(id);
      const mergedInto = survivor === id ? null : survivor;
      // Throw-away contacts live on in whom their case is for, and no merge says so.
      const isThrownAway = state.kind === 'anonymous' && mergedInto === null;
      if (state.mergedInto !== mergedInto && !isThrownAway) {
        this.touch({ ...state, mergedInto });
        moved.add(id);
      }
    }
    return moved;
  }

  private bothFamilies(id: string): string[] {
    const families = [...this.given.familyOf(id), ...this.book.familyOf(id)];
    return [id, ...families.map((state) => state.id)];
  }

  private showPersons(moved: ReadonlySet<string>): void {
    const roots = new Set([...this.touched].map((id) => this.book.survivorOf(id)));
    for (const id of [...roots, ...moved]) {
      const [, ...merged] = this.book.familyOf(id);
      const state = this.stateOf(id);
      const shown = shownOf(state, roots.has(id) ? merged : []);
      if (!sameValue(shown, pickShown(state))) {
        this.touch({ ...state, told: wordsOf(state), ...shown });
      }
    }
  }
}

function pickShown({ name, company, locale, timeZone, url, customFields }: ContactState) {
  return { name, company, locale, timeZone, url, customFields };
}
