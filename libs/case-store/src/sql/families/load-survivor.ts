import type { Queryable } from '../../queryable.js';

/** A case by its two names. */
export interface CaseMention {
  readonly id: string;
  readonly number: string;
}

// `union` (not `union all`) ends even on a chain that damage has made a circle.
const TEXT = `
  with recursive chain as (
    select id, number, merged_into_id from cases where account_id = $1 and id = $2
    union
    select c.id, c.number, c.merged_into_id
    from chain join cases c on c.account_id = $1 and c.id = chain.merged_into_id
  )
  select id, number from chain where merged_into_id is null`;

/** The live case at the end of a chain of merges (I-18); the case itself when it was never merged. */
export async function loadSurvivor(client: Queryable, accountId: string, caseId: string): Promise<CaseMention | null> {
  const result = await client.query<CaseMention>(TEXT, [accountId, caseId]);
  return result.rows[0] ?? null;
}
