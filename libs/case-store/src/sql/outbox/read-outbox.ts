import { plainArray } from '../../array-literals.js';
import { decodeRecords, type OutboxRecord } from '../../outbox-codec.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { EventName } from './append-outbox.js';

/** A row of the outbox. */
export interface OutboxEntry {
  readonly id: string;
  readonly accountId: string | null;
  readonly interactionIds: readonly string[];
  readonly events: readonly EventName[];
  /** Contacts of which the latest state is told. */
  readonly contactIds: readonly string[];
  readonly records: readonly OutboxRecord[];
}

interface OutboxRow {
  readonly id: string;
  readonly account_id: string | null;
  readonly interaction_ids: string[];
  readonly event_case_ids: string[];
  readonly event_seqs: number[];
  readonly contact_ids: string[];
  readonly records: Buffer | null;
}

/**
 * Locks rows until they are deleted, and returns them in the order of ids. A case is locked before its rows are
 * appended, so for each case that is the order of commits.
 */
export async function readOutbox(client: Queryable, ids: readonly string[]): Promise<OutboxEntry[]> {
  const rows = await rowsOf<OutboxRow>(client, {
    name: 'read_outbox',
    text: `
      select id, account_id, interaction_ids::text[], event_case_ids::text[], event_seqs, contact_ids::text[],
        records
      from outbox
      where id = any ($1::bigint[])
      order by id
      for update`,
    values: [plainArray(ids)],
  });
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    interactionIds: row.interaction_ids,
    events: row.event_case_ids.map((caseId, index) => ({ caseId, seq: row.event_seqs[index] ?? 0 })),
    contactIds: row.contact_ids,
    records: row.records === null ? [] : decodeRecords(row.records),
  }));
}
