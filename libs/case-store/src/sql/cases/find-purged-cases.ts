import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { NumberedCase } from './find-numbered-cases.js';

/** What is left of cases that were purged, by id or by number. */
export async function findPurgedCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
  numbers: readonly string[],
): Promise<NumberedCase[]> {
  return rowsOf<NumberedCase>(client, {
    name: 'find_purged_cases',
    text: `
      select id, number::text as number
      from purged_case
      where account_id = $1 and (id = any ($2::uuid[]) or number = any ($3::bigint[]))`,
    values: [accountId, plainArray(caseIds), plainArray(numbers)],
  });
}
