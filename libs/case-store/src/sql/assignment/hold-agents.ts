import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An agent in a group. */
export interface Membership {
  readonly agentId: string;
  readonly groupId: string;
}

/**
 * Holds the agents until the transaction ends, so that nobody deactivates them or takes them out of a group, and says
 * whether all of them are active members. Memberships are read in a statement of their own: the first may have waited.
 */
export async function holdAgents(
  client: Queryable,
  accountId: string,
  memberships: readonly Membership[],
): Promise<boolean> {
  const agentIds = [...new Set(memberships.map(({ agentId }) => agentId))];
  const held = await rowsOf<{ id: string }>(client, {
    name: 'hold_agents',
    text: `
      select id from agent where account_id = $1 and id = any ($2::uuid[]) and active order by id for share`,
    values: [accountId, plainArray(agentIds)],
  });
  if (held.length < agentIds.length) {
    return false;
  }
  const [counted] = await rowsOf<{ missing: boolean }>(client, {
    name: 'find_missing_memberships',
    text: `
      select exists (
        select 1 from unnest($2::uuid[], $3::uuid[]) as given (agent_id, group_id)
        where not exists (
          select 1 from group_member m
          where m.account_id = $1 and m.agent_id = given.agent_id and m.group_id = given.group_id
        )
      ) as missing`,
    values: [
      accountId,
      plainArray(memberships.map(({ agentId }) => agentId)),
      plainArray(memberships.map(({ groupId }) => groupId)),
    ],
  });
  return counted?.missing === false;
}
