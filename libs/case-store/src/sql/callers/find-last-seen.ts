import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface SeenRow {
  readonly contactId: string;
  /** Null: never. */
  readonly at: Date | null;
  readonly liveOn: readonly string[];
}

/** Of each contact the latest cases are looked at, and not all that there ever were. */
const MOST_CASES = 20;

/** When the contacts were heard of last, and on which lines they have live cases. */
export async function findLastSeen(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<SeenRow[]> {
  return rowsOf<SeenRow>(client, {
    name: 'find_last_seen',
    text: `
      select given.id as "contactId", max(late.at) as at,
        coalesce(array_agg(distinct late.endpoint_id::text) filter (where late.is_live and late.endpoint_id is not null), '{}')
          as "liveOn"
      from unnest($2::uuid[]) as given (id)
      cross join lateral (
        select coalesce(c.last_requester_at, c.created_at) as at, c.endpoint_id,
          c.closed_at is null and c.deleted_at is null as is_live
        from cases c
        where c.account_id = $1 and c.requester_id = given.id and c.requester_kind = 'contact'
        order by c.id desc
        limit ${MOST_CASES}
      ) as late
      group by given.id`,
    values: [accountId, plainArray(contactIds)],
  });
}
