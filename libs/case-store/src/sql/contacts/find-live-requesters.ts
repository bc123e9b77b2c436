import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Those of the contacts who have cases that are not closed, in the trash or out of it. */
export async function findLiveRequesters(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ readonly id: string }>(client, {
    name: 'find_live_requesters',
    text: `
      select given.id
      from unnest($2::uuid[]) as given (id)
      where exists (
        select from cases c
        where c.account_id = $1 and c.requester_id = given.id and c.requester_kind = 'contact' and c.closed_at is null
      )`,
    values: [accountId, plainArray(contactIds)],
  });
  return rows.map(({ id }) => id);
}
