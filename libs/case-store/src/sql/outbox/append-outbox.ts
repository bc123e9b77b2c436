import { plainArray } from '../../array-literals.js';
import { encodeRecords, type OutboxRecord } from '../../outbox-codec.js';
import type { Queryable } from '../../queryable.js';

/** Channel of the wake-up; polling is what guarantees that rows are seen. */
export const OUTBOX_CHANNEL = 'casewright_outbox';

/** An event of a case, by its place in the case's history. */
export interface EventName {
  readonly caseId: string;
  readonly seq: number;
}

/** What the topics have to be told about. */
export interface Announcement {
  readonly interactionIds: readonly string[];
  readonly events: readonly EventName[];
  /** Contacts of which the latest state is told. */
  readonly contactIds?: readonly string[];
  /** Records that no row holds. */
  readonly records: readonly OutboxRecord[];
  /** About how many bytes the records of it will have. */
  readonly bytes: number;
}

/**
 * Leaves an announcement for the relay. Notifications of one transaction with the same text are one: each would take
 * a lock that all commits share.
 */
export async function appendOutbox(
  client: Queryable,
  accountId: string | null,
  { interactionIds, events, contactIds = [], records, bytes }: Announcement,
): Promise<void> {
  const literal = records.length === 0 ? null : encodeRecords(records);
  const caseIds = events.map((event) => event.caseId);
  await client.query({
    name: 'append_outbox',
    text: `
      with appended as (
        insert into outbox (
          account_id, record_count, record_bytes, interaction_ids, event_case_ids, event_seqs, records,
          contact_ids
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8)
      )
      select pg_notify('${OUTBOX_CHANNEL}', '')`,
    values: [
      accountId,
      interactionIds.length + events.length + new Set(caseIds).size + contactIds.length + records.length,
      bytes + (literal?.length ?? 0),
      plainArray(interactionIds),
      plainArray(caseIds),
      plainArray(events.map((event) => event.seq)),
      literal,
      plainArray(contactIds),
    ],
  });
}
