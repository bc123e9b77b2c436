import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Members of an event that say which one it was, by whom and when. */
export const NAMES_OF_PRESS: readonly string[] = [
  'schema',
  'channel',
  'id',
  'accountId',
  'agent',
  'contentSha256',
  'occurredAt',
  'receivedAt',
  'action',
];

/** Besides, what their effects in the case hang on: where the call went, which note it was, the tag of a disposition. */
export const KEPT_OF_PRESS: readonly string[] = [...NAMES_OF_PRESS, 'case', 'noteId', 'code', 'at'];

/**
 * `set …` of an event `e` that keeps the members in `$2`. The row stays, so that a repetition of a topic is known; what
 * still waited for its call has nothing to say any more.
 */
export const TAKE_WORDS = `
  set event = (
      select json_object_agg(member.key, member.value) from json_each(e.event) as member where member.key = any ($2::text[])
    ),
    contact_id = null, state = case e.state when 'parked' then 'expired' else e.state end`;

/** Takes away what agents said of certain calls, and whom they chose; what it did to their cases stays. */
export async function redactPresses(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'redact_presses',
    text: `
      with locked as (
        select id from callbar_event where account_id = $1 and interaction_id = any ($3::uuid[])
        order by id
        for no key update
      )
      update callbar_event e
      ${TAKE_WORDS}
      from locked
      where e.account_id = $1 and e.id = locked.id`,
    values: [accountId, plainArray(KEPT_OF_PRESS), plainArray(interactionIds)],
  });
}
