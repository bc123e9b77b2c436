import { plainArray } from '../../array-literals.js';
import { decodeRecords, type OutboxRecord } from '../../outbox-codec.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A row of the outbox. */
export interface OutboxEntry {
  readonly id: string;
  readonly records: OutboxRecord[];
}

/**
 * Locks rows until they are deleted, and returns them in the order of ids. A case is locked before its rows are
 * appended, so for each case that is the order of commits.
 */
export async function readOutbox(client: Queryable, ids: readonly string[]): Promise<OutboxEntry[]> {
  const rows = await rowsOf<{ id: string; records: Buffer }>(client, {
    name: 'read_outbox',
    text: 'select id, records from outbox where id = any ($1::bigint[]) order by id for update',
    values: [plainArray(ids)],
  });
  return rows.map((row) => ({ id: row.id, records: decodeRecords(row.records) }));
}
