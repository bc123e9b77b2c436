import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Holds the statuses until the transaction ends, so that nobody deactivates them, and returns those that are active. */
export async function holdStatuses(client: Queryable, accountId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'hold_statuses',
    text: `
      select id from case_status where account_id = $1 and id = any ($2::uuid[]) and active order by id for share`,
    values: [accountId, plainArray(ids)],
  });
  return rows.map((row) => row.id);
}
