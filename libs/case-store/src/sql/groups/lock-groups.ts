import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Locks the groups in the order of ids, so that assignments in one group happen one after another. Members have to be
 * read in a later statement: this one may have waited, and would sort them by values from before the wait.
 */
export async function lockGroups(client: Queryable, accountId: string, groupIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock_groups',
    text: `
      select id
      from agent_group
      where account_id = $1 and id = any ($2::uuid[])
      order by id
      for update`,
    values: [accountId, plainArray(groupIds)],
  });
}
