import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Forgets whom agents chose for the numbers of certain calls, unless somebody has chosen anew in another one. */
export async function deleteChoices(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_choices',
    text: `
      delete from contact_choice c
      using callbar_event e
      where e.account_id = $1 and e.interaction_id = any ($2::uuid[])
        and c.account_id = e.account_id and c.event_id = e.id`,
    values: [accountId, plainArray(interactionIds)],
  });
}
