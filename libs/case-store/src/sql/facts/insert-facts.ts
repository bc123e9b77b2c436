import { plainArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** A fact that is folded into an interaction here. */
export interface FactRow {
  readonly id: string;
  readonly interactionId: string;
}

/** Notes facts. Ends in `ConcurrentChange` when another transaction has folded one of them in since they were looked up. */
export async function insertFacts(client: Queryable, accountId: string, rows: readonly FactRow[]): Promise<void> {
  const result = await client.query({
    name: 'insert_facts',
    text: `
      insert into fact (account_id, id, interaction_id)
      select $1, id, interaction_id
      from unnest($2::uuid[], $3::uuid[]) as given (id, interaction_id)
      order by id
      on conflict (account_id, id) do nothing`,
    values: [accountId, plainArray(rows.map((row) => row.id)), plainArray(rows.map((row) => row.interactionId))],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('fact');
  }
}
