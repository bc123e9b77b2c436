import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** How many cases in category open each agent has, over all groups; agents without any have no row. */
export async function loadOpenLoads(
  client: Queryable,
  accountId: string,
  agentIds: readonly string[],
): Promise<{ agentId: string; openLoad: number }[]> {
  return rowsOf(client, {
    name: 'load_open_loads',
    text: `
      select assignee_id as "agentId", count(*)::int as "openLoad"
      from cases
      where account_id = $1 and assignee_id = any ($2::uuid[]) and category = 'open' and deleted_at is null
      group by assignee_id`,
    values: [accountId, plainArray(agentIds)],
  });
}
