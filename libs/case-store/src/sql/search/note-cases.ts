import type { Queryable } from '../../queryable.js';

/** Has all cases of these people looked at again, in portions of as many as are written at once. */
export async function noteCasesOf(
  client: Queryable,
  accountId: string,
  requesterIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'note_cases_of',
    text: `
      insert into search_queue (account_id, case_ids)
      select $1, array_agg(id)
      from (
        select id, row_number() over (order by id desc) / 500 as portion
        from cases
        where account_id = $1 and requester_id = any ($2::uuid[])
      ) as c
      group by portion`,
    values: [accountId, requesterIds],
  });
}

/** Has people looked at again who are called otherwise, in the transaction that says so. */
export async function noteRequesters(
  client: Queryable,
  accountId: string,
  requesterIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'note_requesters',
    text: 'insert into search_queue (account_id, requester_ids) values ($1, $2)',
    values: [accountId, requesterIds],
  });
}
