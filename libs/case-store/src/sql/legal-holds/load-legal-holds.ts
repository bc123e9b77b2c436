import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Which of the cases are on hold, and why. The caller holds their locks, so nobody changes it meanwhile. */
export async function loadLegalHolds(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<{ readonly caseId: string; readonly reason: string }[]> {
  return rowsOf(client, {
    name: 'load_legal_holds',
    text: 'select case_id as "caseId", reason from legal_hold where account_id = $1 and case_id = any ($2::uuid[])',
    values: [accountId, plainArray(caseIds)],
  });
}
