import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Which of the facts were folded in already. */
export async function findKnownFacts(client: Queryable, accountId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_known_facts',
    text: 'select id from fact where account_id = $1 and id = any ($2::uuid[])',
    values: [accountId, plainArray(ids)],
  });
  return rows.map((row) => row.id);
}
