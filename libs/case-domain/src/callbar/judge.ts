import { isUuid, type Party } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { agentCalled, groupCalled } from '../command/names.js';
import type { NewContact } from '../decision/effects.js';
import type { Agent, Group, Snapshot } from '../decision/snapshot.js';
import { identityOf } from '../decision/snapshot.js';
import { externalParty } from '../people/identified.js';
import type { KnownAgents } from '../people/answering-agent.js';
import { caseMeant } from './place.js';
import type { CallBarRefusal, Press } from '../decision/press.js';

/** Who pressed it: an inactive one too; null when the account has nobody of that name. */
export function agentOfPress({ event: { agent } }: Pick<Press, 'event'>, known: KnownAgents): Agent | null {
  return agentCalled({ by: isUuid(agent) ? 'id' : 'email', value: agent }, known);
}

/**
 * Why nothing comes of an event, whatever else was pressed; null when something does. `current`: the case in which its
 * call is.
 */
export function refusalOf(press: Press, current: CaseState | null, snapshot: Snapshot): CallBarRefusal | null {
  const { action, contact, group } = press.event;
  const agent = agentOfPress(press, snapshot);
  if (agent === null) {
    return 'agent-unknown';
  }
  if (!agent.active) {
    return 'agent-inactive';
  }
  if (action === 'case.attach' || action === 'case.detach') {
    const named = caseMeant(press, snapshot);
    const isGone = named === null || (action === 'case.attach' && named.deletedAt !== null);
    return isGone ? 'case-not-found' : leavingOf(current);
  }
  if (contact && contactMeant(press, snapshot) === null) {
    return 'contact-not-found';
  }
  if (group && groupMeant(group, snapshot.groups) === null) {
    return 'group-not-found';
  }
  return null;
}

/** A closed case keeps its calls. */
function leavingOf(current: CaseState | null): CallBarRefusal | null {
  return current !== null && current.closedAt !== null ? 'case-closed' : null;
}

/** Whether the case takes no more words. */
export function silenceOf({ event: { action } }: Press, current: CaseState | null): CallBarRefusal | null {
  if (current === null || action === 'wrapup.start' || action === 'wrapup.end' || action === 'case.detach') {
    return null;
  }
  return current.closedAt !== null ? 'case-closed' : current.deletedAt !== null ? 'case-not-found' : null;
}

/** A group by its id or its name. */
export function groupMeant(group: string, groups: ReadonlyMap<string, Group>): Group | null {
  return groupCalled({ by: isUuid(group) ? 'id' : 'name', value: group }, groups);
}

/** The contact that an event chooses; null when there is none. */
export function contactMeant({ event: { contact } }: Pick<Press, 'event'>, snapshot: Snapshot): string | null {
  if (contact?.contactId) {
    return snapshot.contacts.get(contact.contactId.toLowerCase())?.id ?? null;
  }
  const external = contact?.external;
  const key = external ? identityOf(externalParty(external)) : '';
  return snapshot.identities.get(key)?.contactId ?? null;
}

/**
 * The contact that an event makes; the id alone where another one holds an email of it, which nobody takes away. `caller`
 * is whose number it has, too.
 */
export function contactMade(
  { event: { person } }: Pick<Press, 'event'>,
  caller: Party | null,
  snapshot: Snapshot,
  newId: () => string,
): { readonly id: string; readonly contact: NewContact | null } | null {
  if (!person) {
    return null;
  }
  const phones = [...(caller?.kind === 'phone' ? [caller.value] : []), ...person.phones];
  const emails = person.emails.map((value) => ({ kind: 'email', value, raw: value }));
  const holder = emails.flatMap((one) => snapshot.identities.get(identityOf(one))?.contactId ?? [])[0];
  if (holder !== undefined) {
    return { id: holder, contact: null };
  }
  const numbers = [...new Set(phones)].map((value) => ({
    kind: 'phone',
    value,
    raw: value,
    shared: snapshot.identities.has(identityOf({ kind: 'phone', value })),
  }));
  const more = [...numbers, ...uniqueBy(emails)];
  const id = newId();
  return {
    id,
    contact: { id, kind: 'person', name: person.name, identity: null, more, verified: false, byHand: true },
  };
}

function uniqueBy<One extends { readonly value: string }>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [one.value, one])).values()];
}
