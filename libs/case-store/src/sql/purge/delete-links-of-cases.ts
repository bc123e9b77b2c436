import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes the links of purged cases away, on whichever side they stand, unless a closed case keeps them. */
export async function deleteLinksOfCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_links_of_cases',
    text: `
      delete from case_link l
      where l.account_id = $1 and (
        l.from_case_id = any ($2::uuid[])
        or l.to_case_id = any ($2::uuid[]) and not exists (
          select 1 from cases c where c.account_id = l.account_id and c.id = l.from_case_id and c.closed_at is not null
        )
      )`,
    values: [accountId, plainArray(caseIds)],
  });
}
