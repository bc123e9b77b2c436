import type { Queryable } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from '../interactions/interaction-view.js';

/** Calls that began since `since`, newest first. */
export async function listCallsSince(
  client: Queryable,
  accountId: string,
  since: string,
  most: number,
): Promise<InteractionView[]> {
  const text = `${SELECT_INTERACTIONS}
    where i.account_id = $1 and i.channel = 'call' and i.occurred_at >= $2 and i.outcome <> 'erased'
      and i.redacted_at is null
    order by i.occurred_at desc, i.id
    limit $3`;
  const result = await client.query<InteractionView>(text, [accountId, since, most]);
  return result.rows;
}
