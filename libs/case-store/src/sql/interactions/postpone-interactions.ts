import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Has interactions wait longer for what time makes of them; what was decided of one meanwhile stays. */
export async function postponeInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
  until: string,
): Promise<void> {
  await client.query({
    name: 'postpone_interactions',
    text: `
      update interaction
      set due_at = $3
      where account_id = $1 and id = any ($2::uuid[]) and due_at < $3`,
    values: [accountId, plainArray(ids), until],
  });
}
