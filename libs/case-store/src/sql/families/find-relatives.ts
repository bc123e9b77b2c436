import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The parents of cases, the subcases of both, and the live incidents of those that are problems. No lock is taken. */
export async function findRelatives(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_relatives',
    text: `
      with roots as (
        select id from cases where account_id = $1 and id = any ($2::uuid[])
        union
        select parent_id from cases where account_id = $1 and id = any ($2::uuid[]) and parent_id is not null
      )
      select id from roots
      union
      select c.id from roots r join cases c on c.account_id = $1 and c.parent_id = r.id
      union
      select c.id
      from cases c
      where c.account_id = $1 and c.problem_id = any ($2::uuid[]) and c.closed_at is null and c.deleted_at is null`,
    values: [accountId, plainArray(caseIds)],
  });
  return rows.map((row) => row.id);
}
