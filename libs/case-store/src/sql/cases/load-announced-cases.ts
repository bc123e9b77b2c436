import type { ShownCase } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { caseColumns } from './case-columns.js';
import { type CaseRow, stateOfRow } from './case-row.js';

/** The cases as they are now, without a lock. */
export async function loadAnnouncedCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<ShownCase[]> {
  const rows = await rowsOf<CaseRow & { readonly legal_hold: boolean }>(client, {
    name: 'load_announced_cases',
    text: `
      select ${caseColumns('c.')},
        exists (select 1 from legal_hold h where h.account_id = c.account_id and h.case_id = c.id) as legal_hold
      from cases c
      where c.account_id = $1 and c.id = any ($2::uuid[])`,
    values: [accountId, plainArray(caseIds)],
  });
  return rows.map((row) => ({ state: stateOfRow(row), legalHold: row.legal_hold }));
}
