import { rowsOf, type Queryable } from '../../queryable.js';

/** A callback whose time has come, with the case where its call is. */
export interface DueCallback {
  readonly accountId: string;
  readonly interactionId: string;
  readonly eventId: string;
  readonly caseId: string | null;
  readonly hasCalled: boolean;
}

/**
 * Callbacks of which it was not told that they are due. The agent has called when there is a call of ours since in the case
 * of the call.
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
