import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes links away. The caller holds the locks of the cases that they tie. */
export async function deleteLinks(client: Queryable, accountId: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'delete_links',
    text: 'delete from case_link where account_id = $1 and id = any ($2::uuid[])',
    values: [accountId, plainArray(ids)],
  });
}
