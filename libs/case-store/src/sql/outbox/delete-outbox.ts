import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Removes rows whose records are durable in the log, and notes which cases search has to look at: one row for each. */
export async function deleteOutbox(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_outbox',
    text: `
      with told as (
        delete from outbox where id = any ($1::bigint[])
        returning id, account_id, event_case_ids
      )
      insert into search_queue (account_id, case_ids)
      select account_id, event_case_ids from told where cardinality(event_case_ids) > 0 order by id`,
    values: [plainArray(ids)],
  });
}
