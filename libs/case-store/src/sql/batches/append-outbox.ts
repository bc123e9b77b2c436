import { encodeRecords, type OutboxRecord } from '../../outbox-codec.js';
import type { Queryable } from '../../queryable.js';

/** Channel of the wake-up; polling is what guarantees that rows are seen. */
export const OUTBOX_CHANNEL = 'casewright_outbox';

/**
 * Leaves records for the relay, in order. The rows of one transaction are few and large; one notification wakes the
 * relay at commit, because each notification takes a lock that all commits share.
 */
export async function appendOutbox(
  client: Queryable,
  accountId: string | null,
  records: readonly OutboxRecord[],
): Promise<void> {
  const chunks = encodeRecords(records);
  for (const [index, chunk] of chunks.entries()) {
    await client.query({
      name: 'append_outbox',
      text: `
        with appended as (insert into outbox (account_id, record_count, records) values ($1, $2, $3))
        select case when $4::boolean then pg_notify('${OUTBOX_CHANNEL}', '') end`,
      values: [accountId, chunk.count, chunk.bytes, index === chunks.length - 1],
    });
  }
}
