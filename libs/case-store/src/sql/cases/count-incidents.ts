import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** How many live incidents each problem has; one without any has no row. The caller holds the locks of the problems. */
export async function countIncidents(
  client: Queryable,
  accountId: string,
  problemIds: readonly string[],
): Promise<{ readonly problemId: string; readonly incidents: number }[]> {
  return rowsOf(client, {
    name: 'count_incidents',
    text: `
      select problem_id as "problemId", count(*)::int as incidents
      from cases
      where account_id = $1 and problem_id = any ($2::uuid[]) and closed_at is null and deleted_at is null
      group by problem_id`,
    values: [accountId, plainArray(problemIds)],
  });
}
