import type { ContactBook } from '../contact/contact-book.js';
import { type ContactIdentity, type ContactState, NOTHING_TOLD } from '../contact/contact-state.js';
import type { NewContact } from './effects.js';

/** Writes down whom an interaction of the same batch has brought; when that was is said by the rows of the contact. */
export function meetContact(people: ContactBook, contact: NewContact): void {
  const { id, kind, name, identity, verified, more = [], byHand = false } = contact;
  const nothing = { company: null, locale: null, timeZone: null, url: null, customFields: {} };
  const state: ContactState = {
    id,
    kind,
    name,
    ...nothing,
    blocked: false,
    heard: !byHand,
    mergedInto: null,
    told: NOTHING_TOLD,
    version: 1,
    createdAt: '',
    updatedAt: '',
    deletedAt: null,
  };
  people.putState(state);
  for (const one of identity === null ? more : [identity, ...more]) {
    people.putIdentity({
      contactId: id,
      kind: one.kind as ContactIdentity['kind'],
      value: one.value,
      raw: one.raw,
      label: null,
      primary: false,
      verifiedAt: verified ? '' : null,
      shared: false,
      former: false,
      held: true,
      firstSeen: '',
      told: {},
    });
  }
}
