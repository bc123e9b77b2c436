import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** What was looked at. Those that were committed since have other ids, however these are ordered. */
export async function deleteWakes(client: Queryable, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_wakes',
    text: 'delete from assignment_wake where id = any ($1::bigint[])',
    values: [plainArray(ids)],
  });
}
