import { rowsOf, type Queryable } from '../../queryable.js';

/** Cases and people of an account that have to be looked at again. */
export interface SearchNote {
  readonly id: string;
  readonly accountId: string;
  readonly caseIds: readonly string[];
  readonly requesterIds: readonly string[];
}

/** Locks the oldest notes: who has lost the lead and does not know it yet is waited for. */
export async function readSearchQueue(client: Queryable, limit: number): Promise<SearchNote[]> {
  return rowsOf<SearchNote>(client, {
    name: 'read_search_queue',
    text: `
      select id, account_id as "accountId", case_ids::text[] as "caseIds", requester_ids::text[] as "requesterIds"
      from search_queue
      order by id
      limit $1
      for update`,
    values: [limit],
  });
}

export async function deleteSearchNotes(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_search_notes',
    text: 'delete from search_queue where id = any ($1::bigint[])',
    values: [ids],
  });
}
