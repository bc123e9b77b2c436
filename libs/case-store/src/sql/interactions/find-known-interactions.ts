import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction that has a row, and the endpoints that it came through. */
export interface KnownInteraction {
  readonly id: string;
  readonly endpoints: readonly string[];
}

/** Which of the ids have rows already. */
export async function findKnownInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<KnownInteraction[]> {
  return rowsOf<KnownInteraction>(client, {
    name: 'find_known_interactions',
    text: `
      select id, endpoints
      from interaction
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(ids)],
  });
}
