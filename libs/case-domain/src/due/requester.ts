import type { Interaction } from '#libs/interaction';
import { type Actor, type Cause, SYSTEM } from '../case/case-change.js';
import { type CaseState, isLive, type PersonReference, type RequesterMatch } from '../case/case-state.js';
import { changeCase, sameValue } from '../case/change.js';
import type { ContactReconsideration } from '../contact/contact-change.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf, NO_EFFECTS, type NewContact } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { BY_CALL_BAR, BY_HAND, CONTACT_CHANGE, setterOf } from '../family/setters.js';
import { resolveRequester } from '../people/requester.js';

/** A case may mean somebody else by now, because of what was told of a contact. */
export interface RequesterDue {
  readonly due: 'requester';
  readonly caseId: string;
  /** The contact that it named when it was found. */
  readonly contactId: string;
  /** What opened it, where its requester was not certain; else null. */
  readonly interaction: Interaction | null;
  readonly because: ContactReconsideration['because'];
  readonly by: Actor;
  /** The contact that it named before a merge that was undone; else null. */
  readonly backTo: string | null;
}

export type RequesterVerdict =
  { readonly outcome: 'requester_changed'; readonly caseId: string } | { readonly outcome: 'not_due' };

interface Requester {
  readonly requester: PersonReference;
  readonly match: RequesterMatch;
  readonly contact: NewContact | null;
}

/**
 * Whom a case is for, now that more is known of people (domain.md §8, §11): the contact that its own lives on in; and where
 * nobody was certain of it and no person has chosen it, whoever it would have been for if all of it had been known. A case
 * that is closed or in the trash keeps what it says.
 */
export function requesterDue(due: RequesterDue, snapshot: Snapshot, moment: Moment): Decision<RequesterVerdict, null> {
  const state = snapshot.cases.get(due.caseId);
  const isAsFound = state?.requester.kind === 'contact' && state.requester.id === due.contactId;
  const found = state !== undefined && isAsFound && isLive(state) ? requesterNow(due, state, snapshot, moment) : null;
  if (state === undefined || found === null || isSame(found, state)) {
    return { verdict: { outcome: 'not_due' }, effects: NO_EFFECTS, evidence: null };
  }
  const { requester, match: requesterMatch, contact } = found;
  const wasTheirs = state.submitter.kind === 'contact' && state.submitter.id === state.requester.id;
  const fields = { requester, requesterMatch, ...(wasTheirs ? { submitter: requester } : {}) };
  const changed = changeCase(state, 'requester_changed', fields, causeOf(due, requester.id, moment));
  const effects = effectsOf({ cases: [changed], contacts: contact === null ? [] : [contact] });
  return { verdict: { outcome: 'requester_changed', caseId: state.id }, effects, evidence: null };
}

/** Which of several it may be changes nothing as long as it is the same who stands for them. */
function isSame({ requester, match }: Requester, state: CaseState): boolean {
  const { requesterMatch: before } = state;
  const isAsSure = match.method === before.method && match.confidence === before.confidence;
  return sameValue(requester, state.requester) && isAsSure;
}

function requesterNow(due: RequesterDue, state: CaseState, snapshot: Snapshot, moment: Moment): Requester | null {
  const { interaction } = due;
  const setter = setterOf(state.id, 'requester', snapshot);
  if (interaction !== null && setter !== BY_HAND && setter !== BY_CALL_BAR) {
    const resolved = resolveRequester(interaction, snapshot, moment);
    const isKnown = !['R6', 'R7'].includes(resolved.match.method) && resolved.requester.kind === 'contact';
    if (isKnown) {
      return resolved;
    }
  }
  const known = snapshot.contacts.get(due.backTo ?? due.contactId);
  return known === undefined
    ? null
    : { requester: { kind: 'contact', id: known.id }, match: state.requesterMatch, contact: null };
}

function causeOf({ because, contactId, by }: RequesterDue, to: string, { now }: Moment): Cause {
  const details = { [CONTACT_CHANGE]: { because, from: contactId, to, by } };
  return { actor: SYSTEM, interactionId: null, at: now, occurredAt: now, details };
}
