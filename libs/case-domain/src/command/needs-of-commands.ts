import { isUuid, phoneAlternates } from '#libs/interaction';
import { type Found, type Lookups, type Needs, NO_NEEDS, type Name } from '../decision/needs.js';
import { type AccountSetup, identityOf } from '../decision/snapshot.js';
import type { CaseCalled, ContactCalled, GroupCalled } from './called.js';
import type { CaseWish, ParticipantWish, RequesterWish } from './case-wish.js';
import type { CaseCommand } from './command.js';
import { attachmentsIn } from './attach.js';
import { groupCalled } from './names.js';

/** Adds the names that commands use. */
export function nameCommands(commands: readonly CaseCommand[], lookups: Lookups): void {
  for (const command of commands) {
    casesIn(command).forEach((called) => nameCase(called, lookups));
    peopleIn(command).forEach((called) => nameContact(called, lookups));
    if ('interactionId' in command) {
      lookups.interactions.add(command.interactionId);
    }
  }
}

export function nameCase({ by, value }: CaseCalled, { numbers, named }: Lookups): void {
  named.add(value);
  if (by === 'number') {
    numbers.add(value);
  }
}

function nameContact({ by, value }: ContactCalled, { identities, contacts }: Lookups): void {
  if (by !== 'id') {
    const name: Name = { kind: by, value };
    const spellings = by === 'phone' ? phoneAlternates(value) : [];
    [name, ...spellings.map((other) => ({ kind: by, value: other }))].forEach((one) =>
      identities.set(identityOf(one), one),
    );
  } else if (isUuid(value)) {
    contacts.add(value);
  }
}

/** What decisions about commands may touch. */
export function needsOfCommands(commands: readonly CaseCommand[], found: Found, setup: AccountSetup): Needs {
  const [cases, relativesOf, incidentCountsOf] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [groups, comments, linksAmong] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const add = (ids: Set<string>, called: CaseCalled | null | undefined): void => {
    const id = called?.by === 'number' ? found.numbers.get(called.value) : called?.value;
    if (id !== undefined && isUuid(id)) {
      ids.add(id);
    }
  };
  for (const command of commands) {
    casesIn(command).forEach((called) => add(cases, called));
    linkedIn(command).forEach((called) => add(linksAmong, called));
    relativesAsked(command).forEach((called) => add(relativesOf, called));
    add(incidentCountsOf, wishIn(command).problemId);
    groupsIn(command, setup).forEach((id) => groups.add(id));
    if ('commentId' in command) {
      comments.add(command.commentId);
    }
  }
  casesOfInteractions(found).forEach((id) => cases.add(id));
  const contacts = new Set([...found.identities.values()].map(({ contactId }) => contactId));
  return {
    ...NO_NEEDS,
    cases,
    relativesOf,
    incidentCountsOf,
    groups,
    comments,
    leaving: new Set(commands.flatMap((one) => (one.command === 'move_interaction' ? [one.interactionId] : []))),
    attachments: new Set(commands.flatMap(attachmentsIn)),
    linksAmong,
    contacts: new Set([...contacts, ...[...found.contacts.values()].map(({ id }) => id)]),
    assignments: commands.some(mayAssign),
    legalHolds: commands.some(asksHolds),
  };
}

/** Where the interactions are that commands name, and where the names of their threads lead. */
function casesOfInteractions({ interactions, threads }: Found): string[] {
  const theirs = [...interactions.values()].flatMap(({ caseId, openedCaseId }) => [caseId ?? [], openedCaseId ?? []]);
  return interactions.size === 0 ? [] : [...theirs.flat(), ...[...threads.values()].map(({ caseId }) => caseId)];
}

function casesIn(command: CaseCommand): CaseCalled[] {
  const { problemId, parentId } = wishIn(command);
  const named = targetsOf(command);
  const sources = command.command === 'merge' ? command.sources : [];
  return [...named, ...sources, ...linkedIn(command), problemId, parentId].flatMap((called) => called ?? []);
}

/** Both ends of the link that a command is about. */
function linkedIn(command: CaseCommand): readonly (CaseCalled | null)[] {
  switch (command.command) {
    case 'link':
      return [command.target, command.other];
    case 'unlink':
      return [command.target, ...command.ends];
    default:
      return [];
  }
}

function targetsOf(command: CaseCommand): (CaseCalled | null)[] {
  switch (command.command) {
    case 'create':
      return [command.followUpOf];
    case 'move_interaction':
      return [command.to];
    case 'redact_interaction':
      return [];
    default:
      return [command.target];
  }
}

function wishIn(command: CaseCommand): CaseWish {
  return 'wish' in command ? command.wish : {};
}

/** The cases whose subcases and incidents have a say. */
function relativesAsked(command: CaseCommand): readonly CaseCalled[] {
  if (command.command === 'create' || 'interactionId' in command) {
    return [];
  }
  const sources = command.command === 'merge' ? command.sources : [];
  return asksRelatives(command) ? [command.target, ...sources] : [];
}

function asksRelatives(command: CaseCommand): boolean {
  switch (command.command) {
    case 'update': {
      const { status, statusId, type, parentId } = command.wish;
      return status === 'resolved' || statusId !== undefined || type !== undefined || Boolean(parentId);
    }
    case 'resolve':
    case 'delete':
    case 'restore':
    case 'purge':
    case 'merge':
      return true;
    default:
      return false;
  }
}

/** Whether a strategy is asked about a case in the group that it is in; who names an agent asks none. */
function mayAssign(command: CaseCommand): boolean {
  return command.command === 'release' || (command.command === 'assign' && command.assignee === 'auto');
}

function asksHolds({ command }: CaseCommand): boolean {
  return command === 'legal_hold' || command === 'delete' || command === 'purge';
}

function groupsIn(command: CaseCommand, { groups, rules }: AccountSetup): string[] {
  const named: GroupCalled | null | undefined = command.command === 'assign' ? command.group : wishIn(command).groupId;
  const group = named ? groupCalled(named, groups) : null;
  const takesOver = command.command === 'release' && command.leaving.who === 'group' ? [command.leaving.toGroupId] : [];
  return [
    ...(group === null ? [] : [group.id]),
    ...takesOver,
    ...(command.command === 'create' ? [rules.defaultGroupId] : []),
  ];
}

function peopleIn(command: CaseCommand): ContactCalled[] {
  const { requester, participants = [] } = wishIn(command);
  const changed = command.command === 'participants' ? [...command.add, ...command.remove] : [];
  return [...(requester ? [contactIn(requester)] : []), ...[...participants, ...changed].map(contactIn)].flatMap(
    (called) => called ?? [],
  );
}

function contactIn(person: RequesterWish | ParticipantWish): ContactCalled | null {
  switch (person.form) {
    case 'contact':
      return person.contact;
    case 'external':
      return { by: 'external', value: `${person.integration}:${person.externalId}` };
    case 'email':
    case 'phone':
      return { by: person.form, value: person.value };
    case 'agent':
      return null;
  }
}
