import { arrivalOf, identityOf, speakerOf } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { spokenColumns } from './spoken-columns.js';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** An interaction with what became of it: one row, written once. */
export interface InteractionRow {
  readonly interaction: Interaction;
  /** The value of its record: JSON text, UTF-8. */
  readonly payload: Buffer | string;
  readonly endpoints: readonly string[];
  readonly caseId: string | null;
  readonly visibility: 'public' | 'internal';
  readonly outcome: string;
  /** JSON text of the evidence. */
  readonly decision: string;
  /** When time changes it next, ISO 8601; absent: never. */
  readonly dueAt?: string | null;
}

const TEXT = `
  insert into interaction (
    account_id, id, channel, provider, external_id, direction, occurred_at, received_at, decided_at,
    endpoints, sender, subject, payload, case_id, visibility, outcome, decision, arrived_at, spoken_with, line, call_outcome,
    voicemail_names, due_at
  )
  select
    $1, id, channel, provider, external_id, direction, occurred_at, received_at, $2,
    endpoints::text[], sender, subject, payload::json, case_id, visibility, outcome, decision::json, arrived_at,
    spoken_with, line, call_outcome, voicemail_names::text[], due_at
  from unnest(
    $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[],
    $10::text[], $11::text[], $12::text[], string_to_array($13, E'\\x1e'), $14::uuid[], $15::text[], $16::text[],
    string_to_array($17, E'\\x1e'), $18::timestamptz[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::timestamptz[]
  ) as given (
    id, channel, provider, external_id, direction, occurred_at, received_at,
    endpoints, sender, subject, payload, case_id, visibility, outcome, decision, arrived_at, spoken_with, line, call_outcome,
    voicemail_names, due_at
  )
  on conflict (account_id, id) do nothing`;

/**
 * Inserts settled interactions in the order of their ids. Ends in `ConcurrentChange` when another transaction has
 * settled one of them since they were looked up.
 */
export async function insertInteractions(
  client: Queryable,
  accountId: string,
  decidedAt: string,
  rows: readonly InteractionRow[],
): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.interaction.id < b.interaction.id ? -1 : 1));
  const facts = sorted.map((row) => row.interaction);
  const result = await client.query({
    name: 'insert_interactions',
    text: TEXT,
    values: [
      accountId,
      decidedAt,
      plainArray(facts.map((fact) => fact.id)),
      plainArray(facts.map((fact) => fact.channel)),
      plainArray(facts.map((fact) => fact.provider)),
      textArray(facts.map((fact) => fact.externalId)),
      plainArray(facts.map((fact) => fact.direction)),
      plainArray(facts.map((fact) => fact.occurredAt)),
      plainArray(facts.map((fact) => fact.receivedAt)),
      textArray(sorted.map((row) => textArray(row.endpoints))),
      textArray(facts.map((fact) => identityOf(speakerOf(fact)))),
      textArray(facts.map((fact) => fact.content.subject)),
      joinedJson(sorted.map((row) => row.payload)),
      plainArray(sorted.map((row) => row.caseId)),
      plainArray(sorted.map((row) => row.visibility)),
      textArray(sorted.map((row) => row.outcome)),
      joinedJson(sorted.map((row) => row.decision)),
      plainArray(facts.map((fact) => new Date(arrivalOf(fact)).toISOString())),
      ...spokenColumns(facts),
      plainArray(sorted.map((row) => row.dueAt ?? null)),
    ],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('interaction');
  }
}
