import type { Queryable } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from '../interactions/interaction-view.js';

/**
 * Calls that began since `since` and of which time may still say something, newest first: those that nobody ended, and few that
 * have just ended.
 */
export async function listCallsGoingOn(
  client: Queryable,
  accountId: string,
  since: string,
  most: number,
): Promise<InteractionView[]> {
  const text = `${SELECT_INTERACTIONS}
    where i.account_id = $1 and i.channel = 'call' and i.occurred_at >= $2 and i.due_at is not null
      and i.outcome <> 'erased' and i.redacted_at is null
    order by i.occurred_at desc, i.id
    limit $3`;
  const result = await client.query<InteractionView>(text, [accountId, since, most]);
  return result.rows;
}
