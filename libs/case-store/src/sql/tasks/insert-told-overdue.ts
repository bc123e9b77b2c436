import type { ToldOverdue } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Notes of which due times it was told that they have passed. The caller holds the locks of the cases. */
export async function insertToldOverdue(
  client: Queryable,
  accountId: string,
  rows: readonly ToldOverdue[],
): Promise<void> {
  await client.query({
    name: 'insert_told_overdue',
    text: `
      insert into told_overdue (account_id, case_id, due_at)
      select $1, case_id, due_at from unnest($2::uuid[], $3::timestamptz[]) as given (case_id, due_at)`,
    values: [accountId, plainArray(rows.map(({ caseId }) => caseId)), plainArray(rows.map(({ dueAt }) => dueAt))],
  });
}
