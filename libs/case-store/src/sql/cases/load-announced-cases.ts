import type { CaseState } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { caseColumns } from './case-columns.js';
import { type CaseRow, stateOfRow } from './case-row.js';

/** The cases as they are now, without a lock. */
export async function loadAnnouncedCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<CaseState[]> {
  const rows = await rowsOf<CaseRow>(client, {
    name: 'load_announced_cases',
    text: `select ${caseColumns()} from cases where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(caseIds)],
  });
  return rows.map(stateOfRow);
}
