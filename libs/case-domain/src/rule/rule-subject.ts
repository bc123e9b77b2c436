import { type BusinessHours, type Interaction, type LocalMoment, localMoment, type Party } from '#libs/interaction';
import type { PersonReference, RequesterMatch } from '../case/case-state.js';
import type { Subject } from '../condition/condition.js';
import type { ContactTraits } from '../decision/assignment-rules.js';
import type { NewContact } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';

/** Whom the case is for, as far as that was found out. */
export interface RuledRequester {
  readonly requester: PersonReference;
  readonly match: RequesterMatch;
  /** The contact that comes into being with the case. */
  readonly contact: NewContact | null;
  readonly party: Party;
}

/** What assignment rules are asked about: an interaction that opens a case, and whom it is for. */
export interface RuleSubject extends Subject {
  readonly interaction: Interaction;
  readonly snapshot: Snapshot;
  readonly resolved: RuledRequester;
}

export function subjectOf(interaction: Interaction, resolved: RuledRequester, snapshot: Snapshot): RuleSubject {
  return { interaction, resolved, snapshot, memo: new Map() };
}

/** Kept with the subject, so that several conditions find it out once. */
function once<Found>(subject: RuleSubject, name: string, find: () => Found): Found {
  if (!subject.memo.has(name)) {
    subject.memo.set(name, find());
  }
  return subject.memo.get(name) as Found;
}

/** When it happened, by the clocks of a zone; those of the account unless told. */
export function momentOf(subject: RuleSubject, timeZone = subject.snapshot.account.timeZone): LocalMoment {
  return once(subject, `moment ${timeZone}`, () => localMoment(timeZone, Date.parse(subject.interaction.occurredAt)));
}

/** The hours that count for a group: its own, else the account's. */
export function hoursOf(groupId: unknown, { snapshot }: RuleSubject): BusinessHours {
  const { account, groups } = snapshot.assignmentRules.hours;
  return groups.get(String(groupId)) ?? account;
}

export function traitsOf({ resolved, snapshot }: RuleSubject): ContactTraits | null {
  const { requester } = resolved;
  return requester.kind === 'contact' ? (snapshot.contactTraits.get(requester.id) ?? null) : null;
}

/** `agent`, or the kind of the contact. */
export function kindOfRequester(subject: RuleSubject): string {
  const { requester, match, contact } = subject.resolved;
  if (requester.kind === 'agent') {
    return 'agent';
  }
  const known = contact?.kind ?? traitsOf(subject)?.kind;
  if (known !== undefined) {
    return known;
  }
  return match.confidence === 'anonymous' ? 'anonymous' : match.confidence === 'ambiguous' ? 'shared_line' : 'person';
}

/** Whether the contact was there before. */
export function isKnownRequester({ resolved: { contact, match } }: RuleSubject): boolean {
  return contact === null && match.method !== 'R7';
}
