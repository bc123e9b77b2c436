import type { ToldCallback } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Notes that it was told that they are due. */
export async function writeToldCallbacks(
  client: Queryable,
  accountId: string,
  at: string,
  told: readonly ToldCallback[],
): Promise<void> {
  await client.query({
    name: 'write_told_callbacks',
    text: `
      update callback c
      set told_at = $2
      from unnest($3::uuid[], $4::uuid[]) as given (interaction_id, event_id)
      where c.account_id = $1 and c.interaction_id = given.interaction_id and c.event_id = given.event_id`,
    values: [
      accountId,
      at,
      plainArray(told.map(({ interactionId }) => interactionId)),
      plainArray(told.map(({ eventId }) => eventId)),
    ],
  });
}
