import { rowsOf, type Queryable } from '../../queryable.js';

/** Cases that somebody leaves: an agent's, in one group where that is named; or all of a group. */
export type LeavingCases = (
  { readonly agentId: string; readonly groupId: string | null } | { readonly agentId: null; readonly groupId: string }
) & {
  /** Tasks too: they stay with whoever had them. */
  readonly tasks: boolean;
};

/**
 * Ids of the cases that people work on or that wait, oldest first, at most `limit`; neither resolved ones nor those in the
 * trash.
 */
export async function findLeavingCases(
  client: Queryable,
  accountId: string,
  { agentId, groupId, tasks }: LeavingCases,
  limit: number,
): Promise<{ readonly id: string; readonly isTask: boolean }[]> {
  const status = `(case when c.closed_at is null then c.category else 'closed' end)`;
  const whose =
    agentId === null
      ? `c.group_id = $2 and $3::uuid is null`
      : `c.assignee_id = $3 and ($2::uuid is null or c.group_id = $2)`;
  return rowsOf(client, {
    text: `
      select c.id, c.type is not distinct from 'task' as "isTask"
      from cases c
      where c.account_id = $1 and ${whose} and ${status} in ('new', 'open', 'pending', 'on_hold')
        and c.deleted_at is null and ($5 or c.type is distinct from 'task')
      order by c.id
      limit $4`,
    values: [accountId, groupId, agentId, limit, tasks],
  });
}
