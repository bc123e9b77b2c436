import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';
import { KEPT_OF_PRESS, TAKE_WORDS } from '../callbar/redact-presses.js';

/** Takes away what events of the call bar said, and the numbers that were to be called back by them. */
export async function redactPressesOfComments(
  client: Queryable,
  accountId: string,
  eventIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'redact_presses_of_comments',
    text: `
      with locked as (
        select id, interaction_id from callbar_event where account_id = $1 and id = any ($3::uuid[])
        order by id
        for no key update
      ), blanked as (
        update callback b set number = null
        from locked
        where b.account_id = $1 and b.interaction_id = locked.interaction_id and b.event_id = locked.id
      )
      update callbar_event e
      ${TAKE_WORDS}
      from locked
      where e.account_id = $1 and e.id = locked.id`,
    values: [accountId, plainArray(KEPT_OF_PRESS), plainArray(eventIds)],
  });
}
