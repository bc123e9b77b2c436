import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes the persons out of what stands beside the payload of interactions, and what was decided by them. */
export async function forgetPersons(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'forget_persons',
    text: `
      with gone as (
        delete from thread_key t
        where t.account_id = $1 and t.interaction_id = any ($2::uuid[])
      ), rejected as (
        update quarantine q
        set note = null
        where q.account_id = $1 and q.interaction_id = any ($2::uuid[]) and q.note is not null
      )
      update interaction i
      set sender = '', spoken_with = null, external_id = i.id::text,
        decision = json_build_object(
          'thread', json_build_object(
            'rule', i.decision #> '{thread,rule}', 'matched', null, 'namedCaseId', i.decision #> '{thread,namedCaseId}',
            'conflicts', '[]'::json
          ),
          'requester', i.decision -> 'requester', 'group', i.decision -> 'group',
          'assignment', i.decision -> 'assignment', 'reasons', '[]'::json, 'settled', i.decision -> 'settled'
        )
      where i.account_id = $1 and i.id = any ($2::uuid[])`,
    values: [accountId, plainArray(interactionIds)],
  });
}
