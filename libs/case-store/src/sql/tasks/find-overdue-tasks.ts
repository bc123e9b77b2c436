import { rowsOf, type Queryable } from '../../queryable.js';
import type { FoundTask } from './find-tasks-of-other-zones.js';

/** Open tasks that were due at or before `now` (ISO 8601) without anybody being told, longest due first. No lock is taken. */
export async function findOverdueTasks(client: Queryable, now: string, limit: number): Promise<FoundTask[]> {
  return rowsOf<FoundTask>(client, {
    name: 'find_overdue_tasks',
    text: `
      select c.account_id as "accountId", c.id as "caseId"
      from cases c
      where c.due_at <= $1
        and c.type = 'task' and c.category <> 'resolved' and c.closed_at is null and c.deleted_at is null
        and not exists (
          select 1 from told_overdue t where t.account_id = c.account_id and t.case_id = c.id and t.due_at = c.due_at
        )
      order by c.due_at
      limit $2`,
    values: [now, limit],
  });
}
