import { rowsOf, type Queryable } from '../../queryable.js';
import { SELECT_SUSPENDED, type SuspendedView } from './list-suspended.js';

/** One that is or was in quarantine; null when the account has none of that id. */
export async function loadSuspended(
  client: Queryable,
  accountId: string,
  interactionId: string,
): Promise<SuspendedView | null> {
  const [row] = await rowsOf<SuspendedView>(client, {
    text: `${SELECT_SUSPENDED} where q.account_id = $1 and q.interaction_id = $2`,
    values: [accountId, interactionId],
  });
  return row ?? null;
}
