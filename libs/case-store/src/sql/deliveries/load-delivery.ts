import type { Told } from '#libs/interaction';
import { rowsOf, type Queryable } from '../../queryable.js';
import { SELECT_DELIVERIES, type DeliveryView } from './delivery-view.js';

/** All that is kept of a request. */
export interface DeliveryDetail extends DeliveryView {
  /** What it said, redacted, where its sender was proven. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** The first bytes of any other. */
  readonly beginning: string | null;
  /** What a replay publishes. */
  readonly facts: readonly Told[];
}

/** One request; null when the account has none of that id, or none any more. */
export async function loadDelivery(client: Queryable, accountId: string, id: string): Promise<DeliveryDetail | null> {
  const [row] = await rowsOf<DeliveryDetail>(client, {
    text: `${SELECT_DELIVERIES(', d.body, d.beginning, d.facts')} where d.account_id = $1 and d.id = $2`,
    values: [accountId, id],
  });
  return row ?? null;
}
