import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Takes away the names that lead to purged cases, so that who answers now begins a case of its own. They are those that
 * the interactions of the case bear and refer to: looking them up there needs no index over all names by case.
 */
export async function deleteThreads(client: Queryable, accountId: string, caseIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_threads',
    text: `
      delete from thread_key t
      using interaction i
      cross join lateral (
        select name from json_array_elements(i.payload -> 'threadKeys') as name
        union all
        select name from json_array_elements(i.payload -> 'references') as name
      ) as named
      where i.account_id = $1 and i.case_id = any ($2::uuid[])
        and t.account_id = $1 and t.kind = named.name ->> 'kind' and t.value = named.name ->> 'value'
        and t.case_id = any ($2::uuid[])`,
    values: [accountId, plainArray(caseIds)],
  });
}
