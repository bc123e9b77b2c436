import { isUuid } from '#libs/interaction';
import { type Found, type Lookups, type Needs, NO_NEEDS } from '../decision/needs.js';
import { type AccountSetup, identityOf } from '../decision/snapshot.js';
import { nameThreads } from '../interaction/needs-of-interactions.js';
import { agentOfPress, groupMeant } from './judge.js';
import { nameCase } from '../command/needs-of-commands.js';
import { externalParty } from '../people/identified.js';
import type { CallBarMatter, Press } from '../decision/press.js';
import { commentIdOf, saidBy } from './said.js';

/** Adds the names that events of the call bar use, and those of their calls. */
export function nameMatters(matters: readonly CallBarMatter[], lookups: Lookups): void {
  for (const { call, presses } of matters) {
    if (call !== null) {
      nameThreads(call.interaction, lookups);
      [call.interaction.id, ...call.companions].forEach((id) => lookups.interactions.add(id));
    }
    presses.forEach((press) => namePress(press, lookups));
  }
}

function namePress({ event }: Press, lookups: Lookups): void {
  const { case: named, contact, person } = event;
  if (named) {
    nameCase(named, lookups);
  }
  if (contact?.contactId) {
    lookups.contacts.add(contact.contactId.toLowerCase());
  }
  const external = contact?.external;
  const identities = [
    ...(external ? [externalParty(external)] : []),
    ...(person?.emails ?? []).map((value) => ({ kind: 'email', value })),
    ...(person?.phones ?? []).map((value) => ({ kind: 'phone', value })),
  ];
  identities.forEach((identity) => lookups.identities.set(identityOf(identity), identity));
}

/** What decisions about events of the call bar may touch, beside what those about their calls may. */
export function needsOfCallBar(matters: readonly CallBarMatter[], found: Found, setup: AccountSetup): Needs {
  const cases = new Set<string>();
  const groups = new Set([setup.rules.defaultGroupId]);
  const comments = new Set<string>();
  const leaving = new Set<string>();
  const relativesOf = new Set<string>();
  for (const { call, presses, interactionId } of matters) {
    presses.flatMap((press) => casesOf(press, found)).forEach((id) => cases.add(id));
    groupsOf(presses, setup).forEach((id) => groups.add(id));
    if (call !== null && call.caseId !== null) {
      cases.add(call.caseId);
      relativesOf.add(call.caseId);
      [call.interaction.id, ...call.companions].forEach((id) => leaving.add(id));
    }
    for (const { key, presses: said } of saidBy(presses)) {
      const written = new Set(said.flatMap(({ saidIn }) => saidIn));
      written.forEach((caseId) => comments.add(commentIdOf(key, interactionId ?? '', caseId)));
    }
  }
  for (const { caseId, openedCaseId } of found.interactions.values()) {
    [caseId, openedCaseId].forEach((id) => id !== null && cases.add(id));
  }
  const isAboutPeople = matters.some(({ presses }) => presses.some(({ event }) => event.contact || event.person));
  const contacts = new Set([...found.contacts.values()].map(({ id }) => id));
  return {
    ...NO_NEEDS,
    cases,
    relativesOf,
    groups,
    comments,
    leaving,
    contacts,
    assignments: true,
    edits: true,
    legalHolds: true,
    // Whom a person chose for a case stays.
    spokenIn: isAboutPeople ? cases : NO_NEEDS.spokenIn,
  };
}

function casesOf({ event: { case: named }, caseId }: Press, found: Found): string[] {
  const id = named?.by === 'number' ? found.numbers.get(named.value) : named?.value;
  return [...(id !== undefined && isUuid(id) ? [id] : []), ...(caseId === null ? [] : [caseId])];
}

/** Those that are named, and those of the agents: a case may become theirs there. */
function groupsOf(presses: readonly Press[], { groups, agentsById, agents }: AccountSetup): string[] {
  return presses.flatMap(({ event }) => {
    const agent = agentOfPress({ event }, { agents, agentsById });
    const named = event.group ? groupMeant(event.group, groups) : null;
    return [...(named === null ? [] : [named.id]), ...(agent?.defaultGroupId ? [agent.defaultGroupId] : [])];
  });
}
