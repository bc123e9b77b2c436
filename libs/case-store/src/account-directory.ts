import { type AccountSetup, type Agent, endpointKeyOf, extensionKeyOf, type Group } from '#libs/case-domain';
import { loadAssignmentRules, type VersionedRules } from './load-assignment-rules.js';
import type { Queryable } from './queryable.js';
import { loadAccountRules } from './sql/accounts/load-account-rules.js';
import { loadAgents } from './sql/agents/load-agents.js';
import { loadCaseFields } from './sql/case-fields/load-case-fields.js';
import { loadEndpoints } from './sql/endpoints/load-endpoints.js';
import { loadStatuses } from './sql/statuses/load-statuses.js';
import { loadGroups } from './sql/groups/load-groups.js';

/** Set-ups by account, at most `freshMs` old: what people change takes effect within that time. */
export class AccountDirectory {
  private readonly kept = new Map<string, { readonly setup: AccountSetup; readonly until: number }>();
  private readonly rules = new Map<string, VersionedRules>();

  constructor(private readonly freshMs = 1000) {}

  /** The account's set-up; null when no such account was declared. */
  async find(client: Queryable, accountId: string): Promise<AccountSetup | null> {
    const kept = this.kept.get(accountId);
    if (kept !== undefined && kept.until > performance.now()) {
      return kept.setup;
    }
    const setup = await loadSetup(client, accountId, this.rules);
    if (setup !== null) {
      this.kept.set(accountId, { setup, until: performance.now() + this.freshMs });
    }
    return setup;
  }

  /** Forgets the account's set-up, which somebody has changed in this process; others see it in `freshMs`. */
  invalidate(accountId: string): void {
    this.kept.delete(accountId);
  }
}

/** A number that two agents answer at is nobody's. */
function phonesOf(agent: Agent, _place: number, agents: readonly Agent[]): (readonly [string, Agent])[] {
  const own = agent.phones.filter((phone) => agents.filter(({ phones }) => phones.includes(phone)).length === 1);
  return own.map((phone) => [`phone:${phone}`, agent] as const);
}

/** Extensions that one agent alone has. */
function extensionsOf(agent: Agent, _place: number, agents: readonly Agent[]): (readonly [string, Agent])[] {
  const own = agent.extensions.filter(
    (one) => agents.filter(({ extensions }) => extensions.includes(one)).length === 1,
  );
  return own.map((extension) => [extensionKeyOf(extension), agent] as const);
}

/** A member without what moves, which is read under the lock. */
function atRest(agentId: string): Group['members'][number] {
  return { agentId, openLoad: 0, capacity: null, lastAssignedAt: null, away: [], skills: {} };
}

async function loadSetup(
  client: Queryable,
  accountId: string,
  known: Map<string, VersionedRules>,
): Promise<AccountSetup | null> {
  const rules = await loadAccountRules(client, accountId);
  if (rules === null) {
    return null;
  }
  const agents = await loadAgents(client, accountId);
  const groups = await loadGroups(client, accountId);
  const statuses = await loadStatuses(client, accountId);
  const customFields = await loadCaseFields(client, accountId);
  const endpoints = await loadEndpoints(client, accountId);
  const versioned = await loadAssignmentRules(client, rules, known.get(accountId) ?? null);
  known.set(accountId, versioned);
  return {
    rules,
    agents: new Map([
      ...agents.flatMap(phonesOf),
      ...agents.flatMap(extensionsOf),
      ...agents.map((agent) => [`email:${agent.email}`, agent] as const),
    ]),
    agentsById: new Map(agents.map((agent) => [agent.id, agent])),
    statuses: new Map(statuses.map((status) => [status.id, status])),
    customFields: new Map(customFields.map((field) => [field.key, field])),
    groups: new Map(
      groups.map(({ memberIds, ...group }) => {
        return [group.id, { ...group, members: memberIds.map(atRest), waiting: [] }];
      }),
    ),
    assignmentRules: versioned.rules,
    endpoints: new Map(
      endpoints.map(({ kind, address, endpoint }) => [endpointKeyOf(kind, address), endpoint] as const),
    ),
  };
}
