import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Due times of the cases of which it was told that they have passed. The caller holds the locks of the cases. */
export async function loadToldOverdue(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<{ readonly caseId: string; readonly dueAt: Date }[]> {
  return rowsOf(client, {
    name: 'load_told_overdue',
    text: `
      select case_id as "caseId", due_at as "dueAt"
      from told_overdue
      where account_id = $1 and case_id = any ($2::uuid[])`,
    values: [accountId, plainArray(caseIds)],
  });
}
