import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A case that a reference names, or that such a case was merged into, and the first case of its family. */
export interface FamilyMember {
  readonly id: string;
  readonly rootCaseId: string;
}

/**
 * Follows merges from the named cases to their survivors, and from the first case and the follow-ups of every family on the way
 * to theirs, since what goes on in a family may be meant for one of them. Tells the root of each.
 */
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
        cross join lateral (
          select m.id, m.merged_into_id, m.root_case_id
          from cases m
          where m.account_id = $1 and m.id = r.merged_into_id
          union all
          select o.id, o.merged_into_id, o.root_case_id
          from cases o
          where o.account_id = $1 and o.id = r.root_case_id and o.merged_into_id is not null
          union all
          select f.id, f.merged_into_id, f.root_case_id
          from cases f
          where f.account_id = $1 and f.root_case_id = r.root_case_id and f.follow_up_of_id is not null
            and f.merged_into_id is not null
        ) c
      )
      select id, root_case_id as "rootCaseId" from reached`,
    values: [accountId, plainArray(caseIds)],
  });
}
