import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** One committed change of a case. JSON fields are JSON texts. */
export interface CaseEventRow {
  readonly id: string;
  readonly caseId: string;
  /** Equal to the version that the change made. */
  readonly seq: number;
  readonly kind: string;
  readonly occurredAt: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly changes: string;
  readonly details: string;
  readonly interactionId: string | null;
  readonly causeEventId: string | null;
}

const TEXT = `
  insert into case_event (
    account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes, details, interaction_id,
    cause_event_id, on_behalf_of
  )
  select
    $1, case_id, seq, id, kind, occurred_at, $2, actor::json, changes::json, details::json, interaction_id,
    cause_event_id, on_behalf_of::json
  from unnest(
    $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::timestamptz[], string_to_array($8, E'\\x1e'),
    string_to_array($9, E'\\x1e'), string_to_array($10, E'\\x1e'), $11::uuid[], $12::uuid[], $13::text[]
  ) as given (
    case_id, seq, id, kind, occurred_at, actor, changes, details, interaction_id, cause_event_id, on_behalf_of
  )`;

/** Appends to the histories of cases that this transaction has locked or made. */
export async function insertCaseEvents(
  client: Queryable,
  accountId: string,
  recordedAt: string,
  rows: readonly CaseEventRow[],
): Promise<void> {
  await client.query({
    name: 'insert_case_events',
    text: TEXT,
    values: [
      accountId,
      recordedAt,
      plainArray(rows.map((row) => row.caseId)),
      plainArray(rows.map((row) => row.seq)),
      plainArray(rows.map((row) => row.id)),
      plainArray(rows.map((row) => row.kind)),
      plainArray(rows.map((row) => row.occurredAt)),
      joinedJson(rows.map((row) => row.actor)),
      joinedJson(rows.map((row) => row.changes)),
      joinedJson(rows.map((row) => row.details)),
      plainArray(rows.map((row) => row.interactionId)),
      plainArray(rows.map((row) => row.causeEventId)),
      textArray(rows.map((row) => row.onBehalfOf)),
    ],
  });
}
