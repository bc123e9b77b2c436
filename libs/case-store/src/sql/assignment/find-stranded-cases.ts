import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * Cases that people work on, and tasks that are not flagged yet, of those of the agents who are not active any more, oldest
 * first, at most `limit`.
 */
export async function findStrandedCases(
  client: Queryable,
  accountId: string,
  { agentIds, flag }: { readonly agentIds: readonly string[]; readonly flag: string },
  limit: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_stranded_cases',
    text: `
      select c.id
      from agent a
      join cases c on c.account_id = a.account_id and c.assignee_id = a.id
      where a.account_id = $1 and a.id = any ($2::uuid[]) and not a.active
        and (case when c.closed_at is null then c.category else 'closed' end) in ('open', 'pending', 'on_hold')
        and c.deleted_at is null and (c.type is distinct from 'task' or not c.tags @> array[$3::text])
      order by c.id
      limit $4`,
    values: [accountId, plainArray(agentIds), flag, limit],
  });
  return rows.map(({ id }) => id);
}
