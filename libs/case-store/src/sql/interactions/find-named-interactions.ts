import type { NamedInteraction } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * The interactions of the ids, without a lock; one that was erased is missing. The case that one of them opened is the one
 * where it is, one where it was, or one that ended in one of these.
 */
export async function findNamedInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<NamedInteraction[]> {
  return rowsOf<NamedInteraction>(client, {
    name: 'find_named_interactions',
    text: `
      select i.payload as interaction, i.revision, i.case_id as "caseId", i.outcome,
        i.decision #>> '{settled,submitter,kind}' as "submitterKind", i.redacted_at is not null as "isRedacted",
        (
          with recursive related (id) as (
            select seen.id
            from (
              select i.case_id as id
              union all
              select (move ->> side)::uuid
              from jsonb_array_elements(i.moves) as move
              cross join unnest('{from_case_id,to_case_id}'::text[]) as side
            ) as seen
            where seen.id is not null
            union
            select l.from_case_id
            from related
            join case_link l on l.account_id = $1 and l.to_case_id = related.id and l.kind = 'merged'
          )
          select c.id
          from related
          join cases c on c.account_id = $1 and c.id = related.id
          where c.origin_interaction_id = i.id
          limit 1
        ) as "openedCaseId"
      from interaction i
      where i.account_id = $1 and i.id = any ($2::uuid[]) and i.outcome <> 'erased'`,
    values: [accountId, plainArray(ids)],
  });
}
