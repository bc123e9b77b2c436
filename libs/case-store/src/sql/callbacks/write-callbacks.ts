import type { Callback } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Keeps when calls are to be called back. The caller knows which event of a call counts. */
export async function writeCallbacks(
  client: Queryable,
  accountId: string,
  callbacks: readonly Callback[],
): Promise<void> {
  await client.query({
    name: 'write_callbacks',
    text: `
      insert into callback as c (account_id, interaction_id, event_id, agent_id, at, number)
      select $1, interaction_id, event_id, agent_id, at, number
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[])
        as given (interaction_id, event_id, agent_id, at, number)
      order by interaction_id
      on conflict (account_id, interaction_id) do update
      set event_id = excluded.event_id, agent_id = excluded.agent_id, at = excluded.at, number = excluded.number,
        told_at = null
      where c.event_id <> excluded.event_id`,
    values: [
      accountId,
      plainArray(callbacks.map(({ interactionId }) => interactionId)),
      plainArray(callbacks.map(({ eventId }) => eventId)),
      plainArray(callbacks.map(({ agentId }) => agentId)),
      plainArray(callbacks.map(({ at }) => at)),
      textArray(callbacks.map(({ number }) => number)),
    ],
  });
}
