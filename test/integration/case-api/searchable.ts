import { deleteOutbox, indexSearch, type Queryable } from '#libs/case-store';

/** What happens behind a commit: the relay is done with what was announced, and search has looked at all of it. */
export async function settleSearch(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from outbox order by id');
  await deleteOutbox(
    client,
    rows.map(({ id }) => id),
  );
  while ((await indexSearch(client)) > 0) {
    // The next note.
  }
}

/** Has search look at all cases, whoever wrote them. */
export async function makeSearchable(client: Queryable): Promise<void> {
  await client.query(
    'insert into search_queue (account_id, case_ids) select account_id, array_agg(id) from cases group by account_id',
  );
  await settleSearch(client);
}
