import { absorbStrangers } from '../contact-fact/absorb.js';
import { externalName } from '../contact-fact/contact-of-fact.js';
import type { ContactState } from '../contact/contact-state.js';
import { addIdentity, changeIdentity, removeIdentity } from './change-identity.js';
import { type ChangeContact, type ContactCommand, type CreateContact, type UpsertContact } from './contact-command.js';
import {
  type ContactCircumstances,
  type ContactCommandDecision,
  decided,
  deskOf,
  livingContact,
  momentOf,
  refuseContact,
  refused,
  refuseFaults,
  refuseStaleContact,
} from './contact-decision.js';
import { refuseTaken, refuseTooMany } from './identity-rules.js';
import { mergeContacts, unmergeContact } from './merge-contacts.js';
import { faultsOfWish, tellIdentity, tellWish } from './tell-contact.js';

/**
 * Decides what somebody asks to be done with contacts, in the order of checks: there is such a contact, it is of the
 * version that was seen, all faults at once, then what the state of things does not allow.
 */
export function decideContactCommand(command: ContactCommand, given: ContactCircumstances): ContactCommandDecision {
  switch (command.command) {
    case 'create_contact':
      return createContact(command, given);
    case 'upsert_contact':
      return upsertContact(command, given);
    case 'merge_contacts':
      return mergeContacts(command, given);
    default:
      return changeTarget(command, given);
  }
}

type Targeted = Exclude<ContactCommand, { readonly command: 'create_contact' | 'upsert_contact' | 'merge_contacts' }>;

function changeTarget(command: Targeted, given: ContactCircumstances): ContactCommandDecision {
  const state = livingContact(given.book, command.contactId);
  if (state === null) {
    return refused(refuseContact('not-found', 'The account has no such contact.'));
  }
  const stale = refuseStaleContact(command.expected, state);
  if (stale !== null) {
    return refused(stale);
  }
  switch (command.command) {
    case 'change_contact':
      return changeContact(command, state, given);
    case 'unmerge_contact':
      return unmergeContact(command, state, given);
    case 'add_identity':
      return addIdentity(command, state, given);
    case 'change_identity':
      return changeIdentity(command, state, given);
    case 'remove_identity':
      return removeIdentity(command, state, given);
  }
}

function createContact(command: CreateContact, given: ContactCircumstances): ContactCommandDecision {
  const { wish, identities, asker, faults } = command;
  const refusal = refuseFaults([...faults, ...faultsOfWish(null, wish)]) ?? refuseTaken(given.book, identities, null);
  if (refusal !== null) {
    return refused(refusal);
  }
  const { now: at } = given.moment;
  const desk = deskOf(given, asker);
  const id = desk.create(wish.kind);
  tellWish(desk, stateOf(desk.book.state(id)), wish, { by: asker.actor.id, at });
  identities.forEach((identity) => tellIdentity(desk, id, identity, at));
  return decided(desk, id, true);
}

function changeContact({ wish, asker, faults }: ChangeContact, state: ContactState, given: ContactCircumstances) {
  const refusal = refuseFaults([...faults, ...faultsOfWish(state, wish)]);
  if (refusal !== null) {
    return refused(refusal);
  }
  const desk = deskOf(given, asker);
  tellWish(desk, state, wish, { by: asker.actor.id, at: given.moment.now });
  return decided(desk, state.id);
}

/**
 * The contact that the integration calls so, as its own facts about it would have it: whoever was only met under one of
 * its names turns out to be the contact.
 */
function upsertContact(command: UpsertContact, given: ContactCircumstances): ContactCommandDecision {
  const { asker, expected, faults, integration, externalId, wish } = command;
  const { book, moment } = given;
  const name = externalName(integration, externalId);
  const bearer = book.bearersOf(name)[0] ?? null;
  const known = bearer === null ? null : book.state(book.survivorOf(bearer.contactId));
  const isKnown = known !== null && known.deletedAt === null;
  const desk = deskOf(given, asker);
  const id = known?.id ?? desk.create(wish.kind);
  const word = { by: asker.actor.id, at: moment.now };
  command.identities.forEach((one) => absorbStrangers(id, one, word.at, desk, momentOf(given, asker)));
  const refusal =
    (isKnown ? refuseStaleContact(expected, known) : null) ??
    refuseFaults([...faults, ...faultsOfWish(known, wish)]) ??
    refuseTaken(desk.book, command.identities, id) ??
    refuseTooMany(book, id, [name, ...command.identities]);
  if (refusal !== null) {
    return refused(refusal);
  }
  if (!isKnown && known !== null) {
    desk.set(id, { deletedAt: null });
  }
  tellWish(desk, known ?? stateOf(desk.book.state(id)), wish, word);
  const key = { ...name, raw: externalId, pointer: '' };
  [key, ...command.identities].forEach((one) => tellIdentity(desk, id, one, moment.now, integration));
  return decided(desk, id, !isKnown);
}

function stateOf(state: ContactState | null): ContactState {
  if (state === null) {
    throw new Error('a contact that was just made is not there');
  }
  return state;
}
