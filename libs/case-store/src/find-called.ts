import type { AgentCalled, CaseCalled, ContactCalled, GroupCalled, StatusCalled } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { findAgents } from './sql/agents/find-agents.js';
import { findNumberedCases } from './sql/cases/find-numbered-cases.js';
import { findPersons } from './sql/contacts/find-persons.js';
import { findNamedGroups } from './sql/groups/find-named-groups.js';
import { listStatuses } from './sql/statuses/list-statuses.js';

/** Names of things of one kind. */
export type CalledThings =
  | { readonly noun: 'group'; readonly called: readonly GroupCalled[] }
  | { readonly noun: 'agent'; readonly called: readonly AgentCalled[] }
  | { readonly noun: 'status'; readonly called: readonly StatusCalled[] }
  | { readonly noun: 'case'; readonly called: readonly CaseCalled[] }
  /** Contacts, and agents by their addresses. */
  | { readonly noun: 'requester'; readonly called: readonly ContactCalled[] };

/** What the names lead to. Ids are taken as they are, whether anything bears them or not. */
export interface FoundThings {
  readonly ids: readonly string[];
  /** Names that lead to nothing. */
  readonly unknown: readonly string[];
}

interface Named {
  readonly name: string;
  readonly id: string;
}

/**
 * Looks names up, in one statement for each kind of thing; a shared address leads to all who share it, and a contact also
 * to those that were merged into it, or that it was merged into.
 */
export async function findCalled(client: Queryable, accountId: string, things: CalledThings): Promise<FoundThings> {
  const given = things.called.filter(({ by }) => by === 'id').map(({ value }) => value);
  const names = things.called.filter(({ by }) => by !== 'id');
  const asked = things.noun === 'requester' ? things.called : names;
  if (asked.length === 0) {
    return { ids: given, unknown: [] };
  }
  const found = await findNamed(client, accountId, things.noun, asked);
  const known = new Set(found.map(({ name }) => name));
  return {
    ids: [...new Set([...given, ...found.map(({ id }) => id)])],
    unknown: names.map(({ value }) => value).filter((value) => !known.has(value)),
  };
}

async function findNamed(
  client: Queryable,
  accountId: string,
  noun: CalledThings['noun'],
  names: readonly { readonly by: string; readonly value: string }[],
): Promise<readonly Named[]> {
  const values = names.map(({ value }) => value);
  switch (noun) {
    case 'group':
      return findNamedGroups(client, accountId, values);
    case 'agent': {
      const agents = await findAgents(
        client,
        accountId,
        values.map((email) => ({ email })),
      );
      return agents.map(({ id, email }) => ({ id, name: email }));
    }
    case 'status': {
      const statuses = await listStatuses(client, accountId);
      return statuses.filter(({ key }) => values.includes(key)).map(({ id, key }) => ({ id, name: key }));
    }
    case 'case': {
      const cases = await findNumberedCases(client, accountId, values);
      return cases.map(({ id, number }) => ({ id, name: number }));
    }
    case 'requester': {
      const persons = await findPersons(client, accountId, names as readonly ContactCalled[]);
      return persons.map(({ id, value }) => ({ id, name: value }));
    }
  }
}
