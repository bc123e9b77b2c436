import { arrivalOf, identityOf, speakerOf } from '#libs/case-domain';
import { spokenColumns } from './spoken-columns.js';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import type { InteractionRow } from './insert-interactions.js';

/** What an interaction that has a row is from now on, and what its row said when that was decided. */
export interface RevisedRow extends Omit<InteractionRow, 'endpoints'> {
  /** Null leaves those of the row. */
  readonly endpoints: readonly string[] | null;
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly before: { readonly revision: number; readonly caseId: string | null };
}

/** Channel and external id are what the id was made of; whatever else facts say may be another thing than before. */
const GIVEN = `
      id, revision, case_before, decided_at, provider, direction, occurred_at, received_at, arrived_at, endpoints,
      sender, subject, payload, case_id, visibility, outcome, decision, spoken_with, line, call_outcome,
      voicemail_names, due_at`;

// What is written goes through `locked`, which has looked at the row: joined to `given` once more, the planner takes one row for what is
// five hundred, and compares each with each.
const TEXT = `
  with given as (
    select ${GIVEN}
    from unnest(
      $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[],
      $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], string_to_array($14, E'\\x1e'),
      $15::uuid[], $16::text[], $17::text[], string_to_array($18, E'\\x1e'), $19::text[], $20::text[], $21::text[],
      $22::text[], $23::timestamptz[]
    ) as given (${GIVEN}
    )
  ), locked as (
    select given.*
    from interaction i
    join given using (id)
    where i.account_id = $1 and i.revision = given.revision and i.case_id is not distinct from given.case_before
    order by i.id
    for no key update of i
  )
  update interaction i
  set revision = given.revision + 1, decided_at = given.decided_at, provider = given.provider,
    direction = given.direction, occurred_at = given.occurred_at, received_at = given.received_at,
    arrived_at = given.arrived_at, endpoints = coalesce(given.endpoints::text[], i.endpoints), sender = given.sender,
    subject = given.subject, payload = given.payload::json, case_id = given.case_id, visibility = given.visibility,
    outcome = given.outcome, decision = given.decision::json, spoken_with = given.spoken_with, line = given.line,
    call_outcome = given.call_outcome, voicemail_names = given.voicemail_names::text[], due_at = given.due_at
  from locked as given
  where i.account_id = $1 and i.id = given.id`;

/**
 * Writes further revisions, each only over the one that it was decided on. Ends in `ConcurrentChange` when another
 * transaction has revised or moved one of the interactions since they were read.
 */
export async function reviseInteractions(
  client: Queryable,
  accountId: string,
  rows: readonly RevisedRow[],
): Promise<void> {
  const facts = rows.map((row) => row.interaction);
  const result = await client.query({
    name: 'revise_interactions',
    text: TEXT,
    values: [
      accountId,
      plainArray(facts.map((fact) => fact.id)),
      plainArray(rows.map((row) => row.before.revision)),
      plainArray(rows.map((row) => row.before.caseId)),
      plainArray(rows.map((row) => row.decidedAt)),
      plainArray(facts.map((fact) => fact.provider)),
      plainArray(facts.map((fact) => fact.direction)),
      plainArray(facts.map((fact) => fact.occurredAt)),
      plainArray(facts.map((fact) => fact.receivedAt)),
      plainArray(facts.map((fact) => new Date(arrivalOf(fact)).toISOString())),
      textArray(rows.map((row) => row.endpoints && textArray(row.endpoints))),
      textArray(facts.map((fact) => identityOf(speakerOf(fact)))),
      textArray(facts.map((fact) => fact.content.subject)),
      joinedJson(rows.map((row) => row.payload)),
      plainArray(rows.map((row) => row.caseId)),
      plainArray(rows.map((row) => row.visibility)),
      textArray(rows.map((row) => row.outcome)),
      joinedJson(rows.map((row) => row.decision)),
      ...spokenColumns(facts),
      plainArray(rows.map((row) => row.dueAt ?? null)),
    ],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('interaction');
  }
}
