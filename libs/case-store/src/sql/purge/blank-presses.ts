import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';
import { NAMES_OF_PRESS, TAKE_WORDS } from '../callbar/redact-presses.js';

/** Takes away what agents said of the calls of purged cases, and by what they opened such cases without a call. */
export async function blankPresses(
  client: Queryable,
  accountId: string,
  purged: { readonly caseIds: readonly string[]; readonly interactionIds: readonly string[] },
): Promise<void> {
  await client.query({
    name: 'blank_presses',
    text: `
      with found as (
        select id from callbar_event where account_id = $1 and interaction_id = any ($3::uuid[])
        union all
        select id from callbar_event where account_id = $1 and interaction_id is null and case_id = any ($4::uuid[])
      ), locked as (
        select id from callbar_event where account_id = $1 and id in (select id from found)
        order by id
        for no key update
      )
      update callbar_event e
      ${TAKE_WORDS}
      from locked
      where e.account_id = $1 and e.id = locked.id`,
    values: [accountId, plainArray(NAMES_OF_PRESS), plainArray(purged.interactionIds), plainArray(purged.caseIds)],
  });
}
