import type { PoolClient } from 'pg';
import type { HeardEvent } from '../silence.js';

/** A connection, and the row of the delivery log after which its events are new; null: all are. */
export interface HeardUntil {
  readonly connection: string;
  readonly lastDelivery: string | null;
}

/** The last event of each connection that has sent one. What anybody may send, such as a handshake, is none. */
export async function findHeardEvents(
  client: PoolClient,
  accountId: string,
  until: readonly HeardUntil[],
): Promise<HeardEvent[]> {
  const { rows } = await client.query<HeardEvent>({
    name: 'silence-find-heard',
    text: `
      select known.connection, last.id as delivery, last.received_at as at
      from unnest($2::text[], $3::uuid[]) as known (connection, last_delivery)
      cross join lateral (
        select id, received_at from delivery
        where account_id = $1 and delivery.connection = known.connection and verdict = 'verified'
          and reason is distinct from 'handshake'
          and id > coalesce(known.last_delivery, '00000000-0000-0000-0000-000000000000')
        order by id desc limit 1
      ) last`,
    values: [accountId, until.map(({ connection }) => connection), until.map(({ lastDelivery }) => lastDelivery)],
  });
  return rows;
}
