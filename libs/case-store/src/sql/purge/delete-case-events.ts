import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes the histories of purged cases away. */
export async function deleteCaseEvents(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_case_events',
    text: 'delete from case_event where account_id = $1 and case_id = any ($2::uuid[])',
    values: [accountId, plainArray(caseIds)],
  });
}
