import type { Queryable } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from './interaction-view.js';

const TEXT = `${SELECT_INTERACTIONS} where i.account_id = $1 and i.id = $2 and i.outcome <> 'erased'`;

/** One interaction with its decision and evidence; null when the account has none of that id, or none any more. */
export async function loadInteraction(
  client: Queryable,
  accountId: string,
  interactionId: string,
): Promise<InteractionView | null> {
  const result = await client.query<InteractionView>(TEXT, [accountId, interactionId]);
  return result.rows[0] ?? null;
}
