import { type ContactAddress, type ContactFact, derivedEventId } from '#libs/interaction';
import type { ContactBook } from '../contact/contact-book.js';
import type {
  ContactErasureRequest,
  ContactFactOutcome,
  ContactFactResult,
  ContactFlag,
} from '../contact/contact-change.js';
import { type ContactEffects, ContactDesk, type ContactMoment, type IdentityName } from '../contact/contact-desk.js';
import { TOLD_FIELDS } from '../contact/contact-state.js';
import { spellingsOf } from '../contact/strangers.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { absorbStrangers } from './absorb.js';
import { contactOfKey, contactOfRow, externalName, instantOf, sourceOf } from './contact-of-fact.js';

export interface ContactVerdict {
  readonly outcome: ContactFactOutcome;
  readonly result: ContactFactResult;
}

export type ContactDecision = Decision<ContactVerdict, null>;

/** A fact that is being decided. */
interface Telling {
  readonly fact: ContactFact;
  readonly desk: ContactDesk;
  readonly moment: ContactMoment;
  /** When it happened. */
  readonly at: string;
  readonly source: string;
}

/**
 * What a fact about a contact does (channels.md D, domain.md §11). No case is opened by it and none is changed here:
 * cases that may mean somebody else now are looked at afterwards, a few at a time.
 */
export function decideContact(
  fact: ContactFact,
  snapshot: Pick<Snapshot, 'people'>,
  deciding: Moment,
): ContactDecision {
  const moment: ContactMoment = {
    now: deciding.now,
    newId: () => deciding.newId(),
    by: { kind: 'app', id: fact.origin.connection },
  };
  const desk = new ContactDesk(snapshot.people, moment);
  const telling: Telling = { fact, desk, moment, at: instantOf(fact), source: sourceOf(fact) };
  switch (fact.kind) {
    case 'upserted':
      return upserted(telling, snapshot.people);
    case 'merged':
      return merged(telling);
    case 'deleted':
      return deleted(telling, snapshot.people);
    case 'erased':
      return erased(telling);
  }
}

/** Absent leaves, null clears; of each field the newest word counts. */
function upserted(telling: Telling, given: ContactBook): ContactDecision {
  const { fact, desk, at, source } = telling;
  const id = fact.contact ? keyed(telling, fact.contact.externalId) : contactOfRow(fact, desk);
  for (const field of TOLD_FIELDS) {
    const value = fact[field];
    if (value !== undefined) {
      desk.tellField(id, field, { value, at, by: fact.id });
    }
  }
  const everything = fact.complete === true;
  if (everything || isEmptied(fact.emails)) {
    desk.clear(id, source, 'email', at);
  }
  if (everything || isEmptied(fact.phones)) {
    desk.clear(id, source, 'phone', at);
  }
  const told = addressesOf(fact);
  told.forEach(({ name, address }) => tellAddress(id, name, address, telling));
  const effects = desk.done();
  const flags = told.flatMap(({ name, field }) => flagsOf(id, name, field, desk.book));
  return decided(telling, upsertOutcome(id, effects, flags, given), id, effects, flags);
}

/** The contact of a key, which is told by every fact that names it. */
function keyed({ desk, at, source, fact }: Telling, externalId: string): string {
  const name = externalName(fact.contact?.integration ?? source, externalId);
  const id = contactOfKey(name, desk);
  desk.tell(id, name, source, { at, raw: externalId, label: null, primary: false, verified: false });
  const state = desk.book.state(id);
  if (state !== null && state.deletedAt !== null) {
    desk.set(id, { deletedAt: null });
  }
  return id;
}

function isEmptied(list: readonly ContactAddress[] | null | undefined): boolean {
  return list === null || list?.length === 0;
}

interface ToldAddress {
  readonly name: IdentityName;
  readonly address: ContactAddress;
  readonly field: string;
}

function addressesOf({ emails, phones }: ContactFact): ToldAddress[] {
  const ofKind = (kind: 'email' | 'phone', list: readonly ContactAddress[] | null | undefined): ToldAddress[] =>
    (list ?? []).map((address, index) => ({
      name: { kind, value: address.value },
      address,
      field: `/${kind}s/${index}`,
    }));
  return [...ofKind('email', emails), ...ofKind('phone', phones)];
}

function tellAddress(id: string, name: IdentityName, address: ContactAddress, telling: Telling): void {
  const { desk, at, source, moment } = telling;
  const { raw, label, primary, verified } = address;
  absorbStrangers(id, name, at, desk, moment);
  desk.tell(id, name, source, {
    at,
    raw: raw ?? name.value,
    label: label ?? null,
    primary: primary === true,
    verified: verified === true,
  });
}

/** An address stays with who has it; a number may be several people's, and then it identifies nobody alone. */
function flagsOf(id: string, name: IdentityName, field: string, book: ContactBook): ContactFlag[] {
  const self = book.survivorOf(id);
  const others = spellingsOf(name)
    .flatMap((one) => book.bearersOf(one))
    .filter((one) => !one.former && one.held && book.survivorOf(one.contactId) !== self);
  const persons = others.map(({ contactId }) => book.survivorOf(contactId));
  const other = persons.find((one) => book.state(one)?.kind === 'person');
  if (other === undefined) {
    return [];
  }
  return name.kind === 'email'
    ? [{ flag: 'identity_conflict', field, contactId: other }]
    : [{ flag: 'shared', field, contactId: other }];
}

function upsertOutcome(
  id: string,
  { contactChanges }: ContactEffects,
  flags: readonly ContactFlag[],
  given: ContactBook,
): ContactFactOutcome {
  if (flags.some(({ flag }) => flag === 'shared')) {
    return 'flagged_shared';
  }
  if (given.state(id) === null) {
    return 'created';
  }
  return contactChanges.some(({ state, before }) => state.version > before) ? 'updated' : 'unchanged';
}

/** Keys that are not known yet get contacts of their own, so that it ends the same as if they had been. */
function merged(telling: Telling): ContactDecision {
  const { fact, desk, at, moment } = telling;
  const winner = fact.contact?.externalId ?? '';
  const winnerId = keyed(telling, winner);
  const said = [...new Set(fact.mergedExternalIds ?? [])].map((externalId) => {
    const loserId = keyed(telling, externalId);
    const id = derivedEventId('contact_merge', fact.id, externalId);
    if (loserId !== winnerId) {
      desk.merge({ id, loserId, winnerId, at, by: moment.by, heardId: null, undoneAt: null });
    }
    return { id, externalId, isSelf: loserId === winnerId };
  });
  const effects = desk.done();
  const flags = said.flatMap(({ id, externalId, isSelf }): ContactFlag[] =>
    isSelf || desk.book.isIdle(id)
      ? [
          {
            flag: 'merge_cycle',
            field: `/mergedExternalIds/${fact.mergedExternalIds?.indexOf(externalId)}`,
            contactId: null,
          },
        ]
      : [],
  );
  return decided(telling, flags.length === said.length ? 'unchanged' : 'merged', winnerId, effects, flags);
}

/** Takes away what the directory calls the contact; the contact, its cases and its history stay. */
function deleted(telling: Telling, given: ContactBook): ContactDecision {
  const { fact, desk, at, source } = telling;
  const name = externalName(source, fact.contact?.externalId ?? '');
  const id = contactOfKey(name, desk);
  desk.takeBack(id, name, source, at);
  if (given.state(id) === null) {
    // Nothing is known of it: it is there so that what is older does not bring the key back, and nobody sees it.
    desk.set(id, { deletedAt: desk.book.state(id)?.createdAt ?? at });
  }
  return decided(telling, 'deleted', id, desk.done(), []);
}

function erased(telling: Telling): ContactDecision {
  const { fact, desk, moment } = telling;
  const id = keyed(telling, fact.contact?.externalId ?? '');
  const erasure: ContactErasureRequest = {
    id: derivedEventId('contact_erasure', fact.id),
    contactId: desk.book.survivorOf(id),
    requestedBy: moment.by,
    reason: null,
    state: fact.mayErase === true ? 'requested' : 'waiting',
    at: moment.now,
  };
  return decided(telling, 'erasure_requested', id, desk.done(), [], [erasure]);
}

function decided(
  { fact, desk }: Telling,
  outcome: ContactFactOutcome,
  id: string,
  effects: ContactEffects,
  flags: readonly ContactFlag[],
  contactErasures: readonly ContactErasureRequest[] = [],
): ContactDecision {
  const [first] = flags;
  const contactId = desk.book.survivorOf(id);
  const result = {
    factId: fact.id,
    outcome,
    contactId,
    field: first?.field ?? null,
    reason: first?.flag ?? null,
    flags,
  };
  return { verdict: { outcome, result }, effects: effectsOf({ ...effects, contactErasures }), evidence: null };
}
