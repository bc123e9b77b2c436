import type { PoolClient } from 'pg';
import type { ConnectionSilence } from '../silence.js';

/** Keeps what a look found, until the next one. */
export async function saveSilences(
  client: PoolClient,
  accountId: string,
  silences: readonly ConnectionSilence[],
): Promise<void> {
  await client.query({
    name: 'silence-save',
    text: `
      insert into connection_silence (account_id, connection, last_delivery, last_event_at, looked_at, silent_ms, is_told)
      select $1, "connection", "lastDelivery", "lastEventAt", "lookedAt", "silentMs", "isTold"
      from jsonb_to_recordset($2::jsonb) as given ("connection" text, "lastDelivery" uuid, "lastEventAt" timestamptz,
        "lookedAt" timestamptz, "silentMs" bigint, "isTold" boolean)
      on conflict (account_id, connection) do update set
        last_delivery = excluded.last_delivery, last_event_at = excluded.last_event_at, looked_at = excluded.looked_at,
        silent_ms = excluded.silent_ms, is_told = excluded.is_told`,
    values: [accountId, JSON.stringify(silences)],
  });
}
