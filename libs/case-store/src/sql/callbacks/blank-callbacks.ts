import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes away which numbers agents wanted to call; that they want to call, and when, stays. */
export async function blankCallbacks(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'blank_callbacks',
    text: `
      update callback set number = null
      where account_id = $1 and interaction_id = any ($2::uuid[]) and number is not null`,
    values: [accountId, plainArray(interactionIds)],
  });
}
