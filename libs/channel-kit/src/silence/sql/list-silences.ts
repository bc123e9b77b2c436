import type { Pool, PoolClient } from 'pg';
import type { ConnectionSilence } from '../silence.js';

interface Row {
  readonly connection: string;
  readonly last_delivery: string;
  readonly last_event_at: Date;
  readonly looked_at: Date;
  readonly silent_ms: string;
  readonly is_told: boolean;
}

/** How long connections have been silent, of those that have ever sent something while somebody looked. */
export async function listSilences(
  client: Pool | PoolClient,
  accountId: string,
  connections: readonly string[],
): Promise<ConnectionSilence[]> {
  const { rows } = await client.query<Row>({
    name: 'silence-list',
    text: `
      select connection, last_delivery, last_event_at, looked_at, silent_ms, is_told
      from connection_silence where account_id = $1 and connection = any($2::text[])`,
    values: [accountId, connections],
  });
  return rows.map(({ connection, last_delivery, last_event_at, looked_at, silent_ms, is_told }) => ({
    connection,
    lastDelivery: last_delivery,
    lastEventAt: last_event_at,
    lookedAt: looked_at,
    silentMs: Number(silent_ms),
    isTold: is_told,
  }));
}
