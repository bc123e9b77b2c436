import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Forgets that agents wanted to call back who called in purged cases. */
export async function deleteCallbacks(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_callbacks',
    text: 'delete from callback where account_id = $1 and interaction_id = any ($2::uuid[])',
    values: [accountId, plainArray(interactionIds)],
  });
}
