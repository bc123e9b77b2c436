import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Removes rows whose records are durable in the log. */
export async function deleteOutbox(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_outbox',
    text: 'delete from outbox where id = any ($1::bigint[])',
    values: [plainArray(ids)],
  });
}
