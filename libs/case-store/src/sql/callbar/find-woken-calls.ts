import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A call of which agents said something that its case does not know. */
export interface WokenCall {
  readonly accountId: string;
  readonly interactionId: string;
}

/** Waits for its call, and that is there; or was said of a call without a case, which has one by now. */
const IS_WOKEN = `
  i.outcome not in ('suspended', 'released', 'rejected', 'erased') and (
    e.state = 'parked'
    or (e.state = 'applied' and e.case_id is null and i.case_id is not null
      and e.action not in ('case.detach', 'wrapup.start', 'wrapup.end'))
  )`;

/** Those of the calls. */
export async function findWokenCalls(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_woken_calls',
    text: `
      select distinct i.id
      from callbar_event e
      join interaction i on i.account_id = e.account_id and i.id = e.interaction_id
      where e.account_id = $1 and e.interaction_id = any ($2::uuid[]) and ${IS_WOKEN}`,
    values: [accountId, plainArray(interactionIds)],
  });
  return rows.map(({ id }) => id);
}

/**
 * Those of which nobody noticed that the call, or its case, is there by now; and those whose events have waited since
 * before `before`. What was said longer ago than `since` of a call without a case is left alone.
 */
export async function findWaitingCalls(
  client: Queryable,
  { before, since }: { readonly before: string; readonly since: string },
  most: number,
): Promise<WokenCall[]> {
  return rowsOf<WokenCall>(client, {
    name: 'find_waiting_calls',
    text: `
      select distinct e.account_id as "accountId", e.interaction_id as "interactionId"
      from callbar_event e
      left join interaction i on i.account_id = e.account_id and i.id = e.interaction_id
      where (e.state = 'parked' or (e.state = 'applied' and e.case_id is null and e.received_at > $2))
        and ((e.state = 'parked' and e.received_at <= $1) or (${IS_WOKEN}))
      limit $3`,
    values: [before, since, most],
  });
}
