import { rowsOf, type Queryable } from '../../queryable.js';

/** A task of an account. */
export interface FoundTask {
  readonly accountId: string;
  readonly caseId: string;
}

/**
 * Open tasks whose due time was computed for another zone than the one their account is in by now, in the order of
 * accounts and ids, behind `after`. No lock is taken.
 */
export async function findTasksOfOtherZones(
  client: Queryable,
  after: FoundTask | null,
  limit: number,
): Promise<FoundTask[]> {
  return rowsOf<FoundTask>(client, {
    name: 'find_tasks_of_other_zones',
    text: `
      select c.account_id as "accountId", c.id as "caseId"
      from account a
      join cases c on c.account_id = a.id and (c.due_time_zone < a.time_zone or c.due_time_zone > a.time_zone)
      where c.type = 'task' and c.category <> 'resolved' and c.closed_at is null and c.deleted_at is null
        and ($1::uuid is null or (c.account_id, c.id) > ($1, $2::uuid))
      order by c.account_id, c.id
      limit $3`,
    values: [after?.accountId ?? null, after?.caseId ?? null, limit],
  });
}
