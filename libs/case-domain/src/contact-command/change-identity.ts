import type { ContactDesk, IdentityName } from '../contact/contact-desk.js';
import type { ContactIdentity, ContactState } from '../contact/contact-state.js';
import type { AddIdentity, ChangeIdentity, RemoveIdentity } from './contact-command.js';
import {
  type ContactCircumstances,
  type ContactCommandDecision,
  decided,
  deskOf,
  refuseContact,
  refused,
  refuseFaults,
} from './contact-decision.js';
import { identitiesInFamily, isSame, refuseTaken, refuseTooMany } from './identity-rules.js';
import { tellIdentity } from './tell-contact.js';

/** Gives a contact one more identity, or says one that it had once to be its own again. */
export function addIdentity(
  command: AddIdentity,
  state: ContactState,
  given: ContactCircumstances,
): ContactCommandDecision {
  const { identity, asker, faults } = command;
  const { book, moment } = given;
  if (identity === null) {
    return refused(refuseFaults(faults) ?? refuseContact('validation-failed', 'An identity is needed.'));
  }
  const refusal =
    refuseFaults(faults) ?? refuseTaken(book, [identity], state.id) ?? refuseTooMany(book, state.id, [identity]);
  if (refusal !== null) {
    return refused(refusal);
  }
  const desk = deskOf(given, asker);
  const bearer = bearerIn(given, state.id, identity);
  tellIdentity(desk, bearer?.contactId ?? state.id, identity, moment.now);
  if (identity.primary === true) {
    beFirst(desk, given, state.id, identity);
  }
  return decided(desk, state.id);
}

/** Changes what is said of an identity. */
export function changeIdentity(
  command: ChangeIdentity,
  state: ContactState,
  given: ContactCircumstances,
): ContactCommandDecision {
  const { name, words, asker, faults } = command;
  const bearer = bearerIn(given, state.id, name);
  if (bearer === null) {
    return refused(refuseContact('not-found', 'The contact has no such identity.'));
  }
  const refusal = refuseFaults(faults);
  if (refusal !== null) {
    return refused(refusal);
  }
  const desk = deskOf(given, asker);
  const { contactId, raw } = bearer;
  if (words.verified === false && bearer.verifiedAt !== null) {
    desk.disprove(contactId, name);
  }
  // What it was once is not made its own again by a word about it.
  if (!bearer.former || words.shared !== undefined) {
    const said = bearer.former ? { shared: words.shared } : words;
    const news = { ...said, ...name, raw, pointer: '' };
    tellIdentity(desk, contactId, news, given.moment.now);
  }
  if (words.primary === true && !bearer.former) {
    beFirst(desk, given, state.id, name);
  }
  return decided(desk, state.id);
}

/** Takes an identity away for good: nobody is found by it any more. */
export function removeIdentity(
  command: RemoveIdentity,
  state: ContactState,
  given: ContactCircumstances,
): ContactCommandDecision {
  const { name, asker, faults } = command;
  const { book, withLiveCases } = given;
  const all = identitiesInFamily(book, state.id);
  const gone = all.filter((one) => isSame(one, name));
  if (gone.length === 0) {
    return refused(refuseContact('not-found', 'The contact has no such identity.'));
  }
  const refusal = refuseFaults(faults);
  if (refusal !== null) {
    return refused(refusal);
  }
  const left = all.filter((one) => !isSame(one, name) && !one.former);
  const hasLiveCases = book.familyOf(state.id).some(({ id }) => withLiveCases.has(id));
  if (left.length === 0 && hasLiveCases) {
    const detail = 'It is the last identity of a contact with cases that are not closed: give it another one first.';
    return refused(refuseContact('in-use', detail));
  }
  const desk = deskOf(given, asker);
  gone.forEach(({ contactId }) => desk.remove(contactId, name));
  return decided(desk, state.id);
}

/** Of whom in the family it was told; the contact itself before those that live on in it. */
function bearerIn({ book }: ContactCircumstances, contactId: string, name: IdentityName): ContactIdentity | null {
  return identitiesInFamily(book, contactId).find((one) => isSame(one, name)) ?? null;
}

/** Of each kind one is the first: what people said so of before is it no more. */
function beFirst(
  desk: ContactDesk,
  { book, moment }: ContactCircumstances,
  contactId: string,
  name: IdentityName,
): void {
  const others = identitiesInFamily(book, contactId).filter((one) => {
    return one.kind === name.kind && !isSame(one, name) && one.primary && !one.former;
  });
  for (const { contactId: bearer, kind, value, raw } of others) {
    tellIdentity(desk, bearer, { kind, value, raw, primary: false, pointer: '' }, moment.now);
  }
}
