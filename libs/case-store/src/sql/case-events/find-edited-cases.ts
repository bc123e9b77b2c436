import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * Which of the cases a person or a client of the API has changed by hand: such a change has no interaction. The caller
 * holds the cases' locks, so nobody changes them meanwhile.
 */
export async function findEditedCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_edited_cases',
    text: `
      select given.id
      from unnest($2::uuid[]) as given (id)
      cross join lateral (
        select 1
        from case_event e
        where e.account_id = $1 and e.case_id = given.id
          and e.interaction_id is null and e.actor ->> 'kind' in ('agent', 'app')
        limit 1
      ) as edit`,
    values: [accountId, plainArray(caseIds)],
  });
  return rows.map((row) => row.id);
}
