import { HOURS_OF_ACCOUNT, type RuleNames } from '#libs/case-domain';
import { isUuid } from '#libs/interaction';
import type { Queryable } from './queryable.js';
import { loadAgents } from './sql/agents/load-agents.js';
import { findOpenProblems, type OpenProblem } from './sql/cases/find-open-problems.js';
import { loadGroups } from './sql/groups/load-groups.js';

/** `plain`: a group may be called by its name alone, and an agent by the address, as in a configuration file. */
export interface NamingStyle {
  readonly plain: boolean;
}

/** What rules may name: ids and names of active groups and agents, and of the problems that `written` mentions. */
export async function findRuleNames(
  client: Queryable,
  accountId: string,
  written: readonly { readonly actions: unknown }[],
  { plain }: NamingStyle = { plain: false },
): Promise<RuleNames> {
  const groups = (await loadGroups(client, accountId)).filter(({ active }) => active);
  const agents = (await loadAgents(client, accountId)).filter(({ active }) => active);
  const problems = await problemsIn(client, accountId, written);
  const groupOf = (name: string): string | null => {
    const called = name.startsWith('name:') ? name.slice(5) : plain ? name : null;
    return groups.find((group) => group.id === name.toLowerCase() || group.name === called)?.id ?? null;
  };
  const agentOf = (name: string): string | null => {
    const email = name.startsWith('email:') ? name.slice(6) : plain ? name : null;
    return agents.find((agent) => agent.id === name.toLowerCase() || agent.email === email?.toLowerCase())?.id ?? null;
  };
  const problemOf = (name: string): string | null =>
    problems.find(({ id, number }) => id === name.toLowerCase() || `number:${number}` === name)?.id ?? null;
  return {
    resolve(kind, name) {
      switch (kind) {
        case 'group':
          return groupOf(name);
        case 'hours':
          return name === HOURS_OF_ACCOUNT ? name : groupOf(name);
        case 'agent':
          return agentOf(name);
        case 'case':
          return problemOf(name);
        default:
          return null;
      }
    },
  };
}

const NUMBER = /^number:([1-9]\d{0,17})$/;

async function problemsIn(
  client: Queryable,
  accountId: string,
  written: readonly { readonly actions: unknown }[],
): Promise<OpenProblem[]> {
  const names = written.flatMap(({ actions }) => (Array.isArray(actions) ? actions.map(problemNamedIn) : []));
  const ids = names.filter((name) => isUuid(name));
  const numbers = names.flatMap((name) => NUMBER.exec(name)?.[1] ?? []);
  return ids.length + numbers.length === 0 ? [] : findOpenProblems(client, accountId, { ids, numbers });
}

function problemNamedIn(action: unknown): string {
  const { problem_id: name } = (typeof action === 'object' && action !== null ? action : {}) as Record<string, unknown>;
  return typeof name === 'string' ? name : '';
}
