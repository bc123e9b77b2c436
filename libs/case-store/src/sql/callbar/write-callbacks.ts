import type { Callback, ToldCallback } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

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

/** A callback whose time has come, with the case where its call is. */
export interface DueCallback {
  readonly accountId: string;
  readonly interactionId: string;
  readonly eventId: string;
  readonly caseId: string | null;
  readonly hasCalled: boolean;
}

/**
 * Callbacks of which it was not told that they are due. The agent has called when there is a call of ours since, to the
 * number that was named or to whoever called, in which the agent talked or whose case is the same.
 */
export async function findDueCallbacks(client: Queryable, now: string, most: number): Promise<DueCallback[]> {
  return rowsOf<DueCallback>(client, {
    name: 'find_due_callbacks',
    text: `
      select c.account_id as "accountId", c.interaction_id as "interactionId", c.event_id as "eventId",
        i.case_id as "caseId",
        exists (
          select 1
          from interaction o
          where o.account_id = c.account_id and o.case_id = i.case_id and o.channel = 'call'
            and o.direction = 'outbound' and o.occurred_at >= e.occurred_at
        ) as "hasCalled"
      from callback c
      join callbar_event e on e.account_id = c.account_id and e.id = c.event_id
      join interaction i on i.account_id = c.account_id and i.id = c.interaction_id
      where c.told_at is null and c.at <= $1
      order by c.at
      limit $2`,
    values: [now, most],
  });
}
