import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import type { ThreadRow } from './load-threads.js';

/**
 * Writes each name with its case, in sorted order; a name that was awaited gets its bearer. Ends in
 * `ConcurrentChange` when a name meanwhile leads to another case: two conversations must not be split by a race.
 */
export async function claimThreads(client: Queryable, accountId: string, claims: readonly ThreadRow[]): Promise<void> {
  const sorted = [...claims].sort((a, b) => (a.kind + a.value < b.kind + b.value ? -1 : 1));
  const result = await client.query({
    name: 'claim_threads',
    text: `
      insert into thread_key (account_id, kind, value, case_id, interaction_id)
      select $1, kind, value, case_id, interaction_id
      from unnest($2::text[], $3::text[], $4::uuid[], $5::uuid[]) as given (kind, value, case_id, interaction_id)
      on conflict (account_id, kind, value) do update
        set interaction_id = coalesce(thread_key.interaction_id, excluded.interaction_id)
        where thread_key.case_id = excluded.case_id`,
    values: [
      accountId,
      plainArray(sorted.map((claim) => claim.kind)),
      textArray(sorted.map((claim) => claim.value)),
      plainArray(sorted.map((claim) => claim.caseId)),
      plainArray(sorted.map((claim) => claim.interactionId)),
    ],
  });
  if (result.rowCount !== claims.length) {
    throw new ConcurrentChange('thread_key');
  }
}
