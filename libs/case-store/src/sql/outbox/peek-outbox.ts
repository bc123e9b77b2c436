import { rowsOf, type Queryable } from '../../queryable.js';

/** What a row of the outbox weighs. */
export interface WaitingEntry {
  readonly id: string;
  readonly records: number;
  readonly bytes: number;
}

/** The oldest rows of the outbox by their weight. */
export async function peekOutbox(client: Queryable, limit: number): Promise<WaitingEntry[]> {
  return rowsOf<WaitingEntry>(client, {
    name: 'peek_outbox',
    text: `
      select id, record_count as records, record_bytes::float8 as bytes
      from outbox
      order by id
      limit $1`,
    values: [limit],
  });
}
