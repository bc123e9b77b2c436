import type { Pool } from 'pg';
import { transaction } from '#libs/postgres';
import { declareAccount } from './sql/declaration/declare-account.js';
import { declareAgents } from './sql/declaration/declare-agents.js';
import { declareApiKeys } from './sql/declaration/declare-api-keys.js';
import { declareEndpoints } from './sql/declaration/declare-endpoints.js';
import { declareGroups } from './sql/declaration/declare-groups.js';
import { declareMembers } from './sql/declaration/declare-members.js';
import type { Declaration } from './sql/declaration/declaration.js';
import { ensureGroups } from './sql/declaration/ensure-groups.js';
import { seedStatuses } from './sql/declaration/seed-statuses.js';

/** Any constant will do: it only has to differ from the other advisory locks of the database. */
const DECLARATION_LOCK = 2_026_112_101;

/**
 * Writes what the configuration file declares; processes that start together go one after the other. What the file
 * does not mention stays. Groups that are only named somewhere come into being without automatic assignment.
 */
export async function declareConfiguration(pool: Pool, declaration: Declaration): Promise<void> {
  const { account, groups, agents, endpoints, apiKeys } = declaration;
  await transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [DECLARATION_LOCK]);
    await declareAccount(client, account);
    await seedStatuses(client, account.id);
    await declareGroups(client, account.id, groups);
    await ensureGroups(client, account.id, groupNamesOf(declaration));
    await declareAgents(client, account.id, agents);
    await declareMembers(client, account.id, agents);
    await declareEndpoints(client, account.id, endpoints);
    await declareApiKeys(client, account.id, apiKeys);
  });
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
