import { textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Differs from the seeds of other hashes that are locked. */
const CALLER_LOCKS = 2_026_112_812;

/**
 * Whoever decides about calls of a number waits until everybody else has who does (domain.md §10): two calls of one person
 * at one time would make two persons and two cases. Taken before all other locks of the account, in one order.
 */
export async function lockCallers(client: Queryable, accountId: string, callers: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock_callers',
    text: `
      select pg_advisory_xact_lock(key)
      from (
        select distinct hashtextextended($1 || ' ' || caller, ${CALLER_LOCKS}) as key
        from unnest($2::text[]) as given (caller)
        order by key
        offset 0
      ) as keys`,
    values: [accountId, textArray(callers)],
  });
}
