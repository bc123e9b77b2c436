import { identityOf, speakerOf } from '#libs/case-domain';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import type { InteractionRow } from './insert-interactions.js';

/** What an interaction that has a row is from now on, and what its row said when that was decided. */
export interface RevisedRow extends Omit<InteractionRow, 'endpoints'> {
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly before: { readonly revision: number; readonly caseId: string | null };
}

const TEXT = `
  with given as (
    select
      id, revision, case_before, decided_at, occurred_at, sender, subject, payload, case_id, visibility, outcome,
      decision
    from unnest(
      $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[],
      string_to_array($9, E'\\x1e'), $10::uuid[], $11::text[], $12::text[], string_to_array($13, E'\\x1e')
    ) as given (
      id, revision, case_before, decided_at, occurred_at, sender, subject, payload, case_id, visibility, outcome,
      decision
    )
  ), locked as (
    select i.id
    from interaction i
    join given using (id)
    where i.account_id = $1
    order by i.id
    for no key update of i
  )
  update interaction i
  set revision = given.revision + 1, decided_at = given.decided_at, occurred_at = given.occurred_at, sender = given.sender,
    subject = given.subject, payload = given.payload::json, case_id = given.case_id, visibility = given.visibility,
    outcome = given.outcome, decision = given.decision::json
  from given
  join locked using (id)
  where i.account_id = $1 and i.id = given.id and i.revision = given.revision
    and i.case_id is not distinct from given.case_before`;

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
      plainArray(facts.map((fact) => fact.occurredAt)),
      textArray(facts.map((fact) => identityOf(speakerOf(fact)))),
      textArray(facts.map((fact) => fact.content.subject)),
      joinedJson(rows.map((row) => row.payload)),
      plainArray(rows.map((row) => row.caseId)),
      plainArray(rows.map((row) => row.visibility)),
      textArray(rows.map((row) => row.outcome)),
      joinedJson(rows.map((row) => row.decision)),
    ],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('interaction');
  }
}
