import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A case that a reference names, or that such a case was merged into, and the first case of its family. */
export interface FamilyMember {
  readonly id: string;
  readonly rootCaseId: string;
}

/** Follows merges from the named cases to their survivors and tells the root of every family on the way. */
export async function findFamilies(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<FamilyMember[]> {
  return rowsOf<FamilyMember>(client, {
    name: 'find_families',
    text: `
      with recursive reached as (
        select id, merged_into_id, root_case_id
        from cases
        where account_id = $1 and id = any ($2::uuid[])
        union
        select c.id, c.merged_into_id, c.root_case_id
        from reached r
        join cases c on c.account_id = $1 and c.id = r.merged_into_id
      )
      select id, root_case_id as "rootCaseId" from reached`,
    values: [accountId, plainArray(caseIds)],
  });
}
