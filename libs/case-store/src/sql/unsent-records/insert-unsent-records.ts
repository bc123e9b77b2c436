import { isUuid } from '#libs/interaction';
import type { OutboxRecord } from '../../outbox-codec.js';
import type { Queryable } from '../../queryable.js';
import { storableHeaders, storableText } from '../../storable-text.js';

/** A record that its topic cannot hold, whole, and what the log said of it. */
export interface UnsentRecord {
  readonly record: OutboxRecord;
  readonly reason: string;
}

/** Keeps records that no topic could hold, in the transaction that passes them by. They are rare: the driver's arrays will do. */
export async function insertUnsentRecords(client: Queryable, unsent: readonly UnsentRecord[]): Promise<void> {
  await client.query({
    name: 'insert_unsent_records',
    text: `
      insert into unsent_record (account_id, topic, record_key, record_headers, record_value, reason)
      select given.account_id, given.topic, given.record_key, given.record_headers, given.record_value, given.reason
      from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::bytea[], $6::text[])
        with ordinality as given (account_id, topic, record_key, record_headers, record_value, reason, place)
      order by given.place`,
    values: [
      unsent.map(({ record }) => accountOf(record)),
      unsent.map(({ record }) => record.topic),
      unsent.map(({ record: { key } }) => (key === null ? null : storableText(key))),
      unsent.map(({ record }) => storableHeaders(record.headers)),
      unsent.map(({ record: { value } }) => (value === null ? null : Buffer.from(value))),
      unsent.map(({ reason }) => storableText(reason)),
    ],
  });
}

function accountOf({ headers }: OutboxRecord): string | null {
  const account = headers['x-account'] ?? '';
  return isUuid(account) ? account : null;
}
