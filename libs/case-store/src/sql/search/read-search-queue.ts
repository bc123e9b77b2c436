import { rowsOf, type Queryable } from '../../queryable.js';

/** Cases and people of an account that have to be looked at again. */
export interface SearchNote {
  readonly id: string;
  readonly accountId: string;
  readonly caseIds: readonly string[];
  readonly requesterIds: readonly string[];
  readonly contactIds: readonly string[];
}

/** Notes that are looked at in search of enough. */
const MOST_NOTES = 500;

/**
 * Locks the oldest notes until they name `enough` things: who has lost the lead and does not know it yet is waited for.
 * One alone is taken however many it names.
 */
export async function readSearchQueue(client: Queryable, enough: number): Promise<SearchNote[]> {
  return rowsOf<SearchNote>(client, {
    name: 'read_search_queue',
    text: `
      select
        id, account_id as "accountId", case_ids::text[] as "caseIds", requester_ids::text[] as "requesterIds",
        contact_ids::text[] as "contactIds"
      from search_queue
      where id in (
        select id
        from (
          select
            id, sum(named) over (order by id) - named as before
          from (
            select
              id, cardinality(case_ids) + cardinality(requester_ids) + cardinality(contact_ids) as named
            from search_queue
            order by id
            limit ${MOST_NOTES}
          ) as oldest
        ) as counted
        where before < $1
      )
      order by id
      for update`,
    values: [enough],
  });
}

export async function deleteSearchNotes(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_search_notes',
    text: 'delete from search_queue where id = any ($1::bigint[])',
    values: [ids],
  });
}
