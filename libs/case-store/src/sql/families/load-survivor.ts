import type { CaseState } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';

/** A case as another one mentions it. */
export interface CaseMention extends Pick<CaseState, 'id' | 'subject' | 'category' | 'closedAt'> {
  readonly number: string;
}

/** The named cases, in no order. */
export async function loadMentions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<CaseMention[]> {
  const text = `
    select id, number, subject, category, closed_at as "closedAt" from cases where account_id = $1 and id = any ($2)`;
  return (await client.query<CaseMention>(text, [accountId, ids])).rows;
}

// `union` (not `union all`) ends even on a chain that damage has made a circle.
const TEXT = `
  with recursive chain as (
    select id, number, subject, category, closed_at, merged_into_id from cases where account_id = $1 and id = $2
    union
    select c.id, c.number, c.subject, c.category, c.closed_at, c.merged_into_id
    from chain join cases c on c.account_id = $1 and c.id = chain.merged_into_id
  )
  select id, number, subject, category, closed_at as "closedAt" from chain where merged_into_id is null`;

/** The live case at the end of a chain of merges (I-18); the case itself when it was never merged. */
export async function loadSurvivor(client: Queryable, accountId: string, caseId: string): Promise<CaseMention | null> {
  const result = await client.query<CaseMention>(TEXT, [accountId, caseId]);
  return result.rows[0] ?? null;
}
