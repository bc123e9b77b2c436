import { decodeRecords, type OutboxRecord } from '../../outbox-codec.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A row of the outbox. */
export interface OutboxEntry {
  readonly id: string;
  readonly records: OutboxRecord[];
}

/**
 * The oldest rows that are committed, locked until they are deleted. A case is locked before its rows are appended, so
 * the order of ids is the order of commits for each case.
 */
export async function readOutbox(client: Queryable, limit: number): Promise<OutboxEntry[]> {
  const rows = await rowsOf<{ id: string; records: Buffer }>(client, {
    name: 'read_outbox',
    text: 'select id, records from outbox order by id limit $1 for update',
    values: [limit],
  });
  return rows.map((row) => ({ id: row.id, records: decodeRecords(row.records) }));
}
