import type { Queryable } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from './interaction-view.js';

/** Where a page ended: by time, and by id among interactions of the same millisecond. */
export interface InteractionPosition {
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly id: string;
}

const TEXT = `${SELECT_INTERACTIONS}
  where i.account_id = $1 and i.case_id = $2
    and ($3::timestamptz is null or (i.occurred_at, i.id) > ($3::timestamptz, $4::uuid))
  order by i.occurred_at, i.id
  limit $5`;

/** What was said in a case, oldest first. */
export async function listCaseInteractions(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: { readonly limit: number; readonly after: InteractionPosition | null },
): Promise<InteractionView[]> {
  const after = page.after;
  const values = [accountId, caseId, after?.occurredAt ?? null, after?.id ?? null, page.limit];
  const result = await client.query<InteractionView>(TEXT, values);
  return result.rows;
}

/** The named interactions, in no order. */
export async function loadInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<InteractionView[]> {
  const text = `${SELECT_INTERACTIONS} where i.account_id = $1 and i.id = any ($2::uuid[])`;
  const result = await client.query<InteractionView>(text, [accountId, ids]);
  return result.rows;
}
