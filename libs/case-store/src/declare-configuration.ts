import type { Pool } from 'pg';
import { CATEGORIES, type Category } from '#libs/case-domain';
import { transaction } from '#libs/postgres';
import { apiKeyHash } from './api-key.js';
import { declareAccount, type DeclaredAccount, type DeclaredCallRules } from './sql/accounts/declare-account.js';
import { agentId, declareAgents, type DeclaredAgent } from './sql/agents/declare-agents.js';
import { declareClientKeys } from './sql/api-clients/declare-client-keys.js';
import { declareClients, type DeclaredClient } from './sql/api-clients/declare-clients.js';
import { lockClients } from './sql/api-clients/lock-clients.js';
import { revokeUndeclaredClients } from './sql/api-clients/revoke-undeclared-clients.js';
import { insertWakes } from './sql/assignment/insert-wakes.js';
import { declareEndpoints, type DeclaredEndpoint } from './sql/endpoints/declare-endpoints.js';
import { retireLines } from './sql/endpoints/retire-lines.js';
import { declareGroups, type DeclaredGroup } from './sql/groups/declare-groups.js';
import { declareMembers } from './sql/groups/declare-members.js';
import { ensureGroups } from './sql/groups/ensure-groups.js';
import { declareRouting, type DeclaredRouting } from './declare-rules.js';
import type { Queryable } from './queryable.js';
import { seedStatuses, type SeededStatus } from './sql/statuses/seed-statuses.js';

type Demand = 'requireIfMatch' | 'requireIdempotencyKey';

/** What a configuration file says about an account. Groups are named; ids are derived from the names. */
export interface Declaration {
  readonly account: Omit<DeclaredAccount, 'unverified' | 'backStops' | Demand | keyof DeclaredCallRules> &
    Partial<DeclaredCallRules> & {
      /** `accept` unless told. */
      readonly unverified?: DeclaredAccount['unverified'];
      /** Those that the product has by itself, unless told; 0 is off. */
      readonly backStops?: Omit<DeclaredAccount['backStops'], 'withheldCasesPerHour'> &
        Partial<Pick<DeclaredAccount['backStops'], 'withheldCasesPerHour'>>;
      /** Neither unless told. */
      readonly requireIfMatch?: boolean;
      readonly requireIdempotencyKey?: boolean;
    } & DeclaredRouting['account'];
  readonly groups: readonly (DeclaredGroup & DeclaredRouting['groups'][number])[];
  /** None unless told. */
  readonly assignmentRules?: DeclaredRouting['assignmentRules'];
  readonly agents: readonly DeclaredAgent[];
  readonly endpoints: readonly DeclaredEndpoint[];
  readonly apiKeys: readonly DeclaredApiKey[];
}

interface DeclaredApiKey extends DeclaredClient {
  readonly key: string;
}

/** The limits of an account that names none. */
const BACK_STOPS: DeclaredAccount['backStops'] = {
  newCasesPerHour: 100,
  messagesPerCaseAndHour: 60,
  automaticPerDay: 40,
  withheldCasesPerHour: 20,
};

/** The rules of an account that says nothing about calls (channels.md E). */
const CALL_RULES: DeclaredCallRules = {
  callAttachWindowMinutes: 240,
  missedCallCoalesceMinutes: 15,
  callMaxDurationHours: 4,
  callSettleSeconds: 3,
  shortCallSeconds: 0,
  texts: {},
};

/** The first statuses of an account: one per category. */
const LABELS: Readonly<Record<Category, Omit<SeededStatus, 'category'>>> = {
  new: { agentLabel: 'New', requesterLabel: 'Received' },
  open: { agentLabel: 'Open', requesterLabel: 'In progress' },
  pending: { agentLabel: 'Pending', requesterLabel: 'Waiting for your reply' },
  on_hold: { agentLabel: 'On hold', requesterLabel: 'On hold' },
  resolved: { agentLabel: 'Resolved', requesterLabel: 'Resolved' },
};
const STATUSES = CATEGORIES.map((category): SeededStatus => ({ category, ...LABELS[category] }));

/** Any constant will do: it only has to differ from the other advisory locks of the database. */
const DECLARATION_LOCK = 2_026_112_101;

/**
 * Writes what the configuration file declares; processes that start together go one after the other. What the file
 * does not mention stays and is the API's from then on, except API clients that it declared before, which are revoked, and
 * lines of its connections, which are retired.
 * Groups that are only named somewhere come into being without automatic assignment.
 */
export async function declareConfiguration(pool: Pool, declaration: Declaration): Promise<void> {
  const { account, groups, agents, endpoints, apiKeys } = declaration;
  await transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [DECLARATION_LOCK]);
    const { unverified = 'accept' } = account;
    const backStops = { ...BACK_STOPS, ...account.backStops };
    const { requireIfMatch = false, requireIdempotencyKey = false } = account;
    const demands = { requireIfMatch, requireIdempotencyKey };
    await declareAccount(client, { ...CALL_RULES, ...account, unverified, backStops, ...demands });
    await seedStatuses(client, account.id, STATUSES);
    await declareGroups(client, account.id, groups);
    await ensureGroups(client, account.id, groupNamesOf(declaration));
    await declareAgents(client, account.id, agents);
    await declareMembers(client, account.id, agents);
    await declareEndpoints(client, account.id, endpoints);
    await retireLines(client, account.id, endpoints);
    await declareApiKeys(client, account.id, apiKeys);
    await wakeFor(client, account.id, agents);
    await declareRouting(client, account.id, declaration);
  });
}

/** Agents may have come, or be gone while cases are theirs: whoever gives away cases that wait looks. */
async function wakeFor(client: Queryable, accountId: string, agents: Declaration['agents']): Promise<void> {
  if (agents.length > 0) {
    await insertWakes(client, accountId, { agentIds: agents.map((agent) => agentId(accountId, agent)), groupIds: [] });
  }
}

/** Who leaves the file goes first: somebody else may have taken the key over. */
async function declareApiKeys(client: Queryable, accountId: string, apiKeys: readonly DeclaredApiKey[]): Promise<void> {
  const names = apiKeys.map(({ name }) => name);
  await lockClients(client, accountId);
  await revokeUndeclaredClients(client, accountId, names);
  await declareClients(client, accountId, apiKeys);
  const keys = apiKeys.map(({ name, key }) => ({ name, keyHash: apiKeyHash(key) }));
  await declareClientKeys(client, accountId, keys);
}

/** Every group that is mentioned anywhere. */
function groupNamesOf({ account, agents, endpoints }: Declaration): string[] {
  const named = [
    account.defaultGroup,
    ...agents.flatMap((agent) => agent.groups),
    ...endpoints.map((endpoint) => endpoint.group),
  ];
  return [...new Set(named)];
}
