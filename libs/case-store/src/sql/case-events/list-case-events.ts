import type { Actor, FieldChange } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';

/** A row of `case_event`. */
export interface CaseEventView {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
  readonly changes: readonly FieldChange[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly interactionId: string | null;
  readonly causeEventId: string | null;
}

const SELECT_EVENTS = `
  select id, seq, kind, occurred_at as "occurredAt", recorded_at as "recordedAt", actor,
    on_behalf_of as "onBehalfOf", changes, details, interaction_id as "interactionId", cause_event_id as "causeEventId"
  from case_event`;
const TEXT = `${SELECT_EVENTS}
  where account_id = $1 and case_id = $2 and seq > $3
  order by seq
  limit $4`;

/** The history of a case, oldest first. `afterSeq` 0 starts at the beginning. */
export async function listCaseEvents(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: { readonly limit: number; readonly afterSeq: number },
): Promise<CaseEventView[]> {
  const result = await client.query<CaseEventView>(TEXT, [accountId, caseId, page.afterSeq, page.limit]);
  return result.rows;
}

/** The named changes of a case, in no order. */
export async function loadCaseEvents(
  client: Queryable,
  accountId: string,
  caseId: string,
  ids: readonly string[],
): Promise<CaseEventView[]> {
  const text = `${SELECT_EVENTS} where account_id = $1 and case_id = $2 and id = any ($3::uuid[])`;
  const result = await client.query<CaseEventView>(text, [accountId, caseId, ids]);
  return result.rows;
}
