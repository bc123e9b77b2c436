import type { Queryable } from '../../queryable.js';
import { selectInteractionsWith, type InteractionView } from '../interactions/interaction-view.js';

/** When somebody wants to call back whoever called. */
export interface CallbackView extends InteractionView {
  readonly callbackAt: Date;
  readonly callbackAgentId: string;
  readonly callbackNumber: string | null;
}

const COLUMNS = ['b.at as "callbackAt"', 'b.agent_id as "callbackAgentId"', 'b.number as "callbackNumber"'];
const TEXT = `${selectInteractionsWith(COLUMNS)}
  join callback b on b.account_id = i.account_id and b.interaction_id = i.id
  where i.account_id = $1 and i.outcome <> 'erased' and b.at < $2
    and ($3::timestamptz is null or (b.at, b.interaction_id) > ($3::timestamptz, $4::uuid))
  order by b.at, b.interaction_id
  limit $5`;

/** Calls that are to be called back before an instant, the earliest first. */
export async function listCallbacks(
  client: Queryable,
  accountId: string,
  before: string,
  page: { readonly limit: number; readonly after: { readonly at: string; readonly id: string } | null },
): Promise<CallbackView[]> {
  const values = [accountId, before, page.after?.at ?? null, page.after?.id ?? null, page.limit];
  const result = await client.query<CallbackView>(TEXT, values);
  return result.rows;
}
