import type { Asker, Expected } from '../command/command.js';
import type { Fault } from '../command/refusal.js';
import type { ContactBook } from '../contact/contact-book.js';
import { ContactDesk, type ContactMoment } from '../contact/contact-desk.js';
import type { ContactState } from '../contact/contact-state.js';
import { type Effects, effectsOf } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';

/** Contacts as they are, and what else the rules about commands ask of them. */
export interface ContactCircumstances {
  readonly book: ContactBook;
  /** Contacts who have cases that are not closed. */
  readonly withLiveCases: ReadonlySet<string>;
  readonly moment: Moment;
}

export type ContactRefusalCode =
  | 'not-found'
  | 'precondition-required'
  | 'version-mismatch'
  | 'validation-failed'
  | 'identity-taken'
  | 'in-use'
  | 'limit-reached'
  | 'merge-not-allowed';

/** A command that is not carried out: nothing is written. */
export interface ContactRefusal {
  readonly outcome: 'refused';
  readonly code: ContactRefusalCode;
  readonly detail: string;
  readonly faults: readonly Fault[];
  /** The version of the contact now, where somebody else was first. */
  readonly currentVersion: number | null;
  /** The contact that the command was about, as far as the account has it. */
  readonly contactId: string | null;
  /** Who has the identity. */
  readonly holderId: string | null;
}

/** `unchanged`: all was as it was asked for. */
export interface ContactDone {
  readonly outcome: 'created' | 'done' | 'unchanged';
  readonly contactId: string;
}

export interface ContactCommandDecision {
  readonly verdict: ContactDone | ContactRefusal;
  readonly effects: Effects;
}

export function refuseContact(
  code: ContactRefusalCode,
  detail: string,
  more: Partial<Pick<ContactRefusal, 'faults' | 'currentVersion' | 'contactId' | 'holderId'>> = {},
): ContactRefusal {
  return {
    outcome: 'refused',
    code,
    detail,
    faults: [],
    currentVersion: null,
    contactId: null,
    holderId: null,
    ...more,
  };
}

/** All that is wrong with the parts of a request; null when nothing is. */
export function refuseFaults(faults: readonly Fault[]): ContactRefusal | null {
  const detail = 'Parts of the request are wrong: see errors.';
  return faults.length === 0 ? null : refuseContact('validation-failed', detail, { faults });
}

/** The contact that lives on of the named one; null when there is none, or none any more. */
export function livingContact(book: ContactBook, id: string): ContactState | null {
  const state = book.state(id) === null ? null : book.state(book.survivorOf(id));
  return state === null || state.deletedAt !== null ? null : state;
}

/** Whether somebody has changed the contact since it was seen; null when not, or when nobody said what was seen. */
export function refuseStaleContact(expected: Expected, { id, version }: ContactState): ContactRefusal | null {
  if (expected === 'missing') {
    return refuseContact(
      'precondition-required',
      'Say in If-Match for which version of the contact this is: its ETag.',
    );
  }
  if (expected === null || expected === 'any' || expected.includes(version)) {
    return null;
  }
  const detail = `The contact has version ${version} by now: look at what changed and decide again.`;
  return refuseContact('version-mismatch', detail, { currentVersion: version, contactId: id });
}

/** A desk for what one person asks. */
export function deskOf(given: ContactCircumstances, asker: Asker): ContactDesk {
  return new ContactDesk(given.book, momentOf(given, asker));
}

export function momentOf({ moment }: ContactCircumstances, { actor }: Asker): ContactMoment {
  return { now: moment.now, newId: () => moment.newId(), by: actor };
}

/** What the desk has come to, about one contact. */
export function decided(desk: ContactDesk, contactId: string, created = false): ContactCommandDecision {
  const effects = desk.done();
  const isIdle = effects.contactChanges.length + effects.contactMerges.length === 0;
  const outcome = created ? 'created' : isIdle ? 'unchanged' : 'done';
  return { verdict: { outcome, contactId }, effects: effectsOf(effects) };
}

export function refused(refusal: ContactRefusal): ContactCommandDecision {
  return { verdict: refusal, effects: effectsOf({}) };
}
