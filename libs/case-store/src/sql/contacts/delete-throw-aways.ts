import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes away who stood for somebody who hid in purged cases: nothing else was ever known of them. */
export async function deleteThrowAways(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
  requesterIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_throw_aways',
    text: `
      delete from contact c
      where c.account_id = $1 and c.kind = 'anonymous' and (c.id = any ($3::uuid[]) or c.of_case_id = any ($2::uuid[]))
        and not exists (select from cases k where k.account_id = $1 and k.requester_id = c.id)
        and not exists (select from contact other where other.account_id = $1 and other.merged_into = c.id)`,
    values: [accountId, plainArray(caseIds), plainArray(requesterIds)],
  });
}
