import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Distinguishes these locks from other advisory ones. */
const SPACE = 20_260_302;

/**
 * Holds calls until the transaction ends, in the order of their ids: what agents press about one call is decided one after
 * another, since each counts what was pressed before. Before all other locks; facts about calls need none of it.
 */
export async function lockCalls(client: Queryable, interactionIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock_calls',
    text: `
      select pg_advisory_xact_lock(hashtextextended(id, ${SPACE}))
      from (select id from unnest($1::text[]) as given (id) order by id) as sorted`,
    values: [plainArray(interactionIds)],
  });
}
