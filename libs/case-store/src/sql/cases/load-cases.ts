import type { CaseState } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { caseColumns } from './case-columns.js';
import { type CaseRow, stateOfRow } from './case-row.js';

/** Locks and returns the named cases and every follow-up of the given roots, in the order of ids. */
export async function loadCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
  rootIds: readonly string[],
): Promise<CaseState[]> {
  const rows = await rowsOf<CaseRow>(client, {
    name: 'load_cases',
    text: `
      select ${caseColumns()}
      from cases
      where account_id = $1 and id in (
        select unnest($2::uuid[])
        union
        select f.id
        from cases f
        where f.account_id = $1 and f.root_case_id = any ($3::uuid[]) and f.follow_up_of_id is not null
      )
      order by id
      for update`,
    values: [accountId, plainArray(caseIds), plainArray(rootIds)],
  });
  return rows.map(stateOfRow);
}
