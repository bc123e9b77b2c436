import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import type { InteractionRow } from './insert-interactions.js';

/**
 * Writes what became of interactions that a person released. Ends in `ConcurrentChange` when another transaction has
 * settled one of them first: each release has one effect.
 */
export async function settleReleased(
  client: Queryable,
  accountId: string,
  decidedAt: string,
  rows: readonly InteractionRow[],
): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.interaction.id < b.interaction.id ? -1 : 1));
  const result = await client.query({
    name: 'settle_released',
    text: `
      with given as (
        select *
        from unnest(
          $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], string_to_array($8, E'\\x1e')
        ) as given (id, endpoints, case_id, visibility, outcome, decision)
      ), locked as (
        select given.* from interaction i join given using (id)
        where i.account_id = $1 and i.outcome = 'released'
        order by i.id
        for no key update of i
      )
      update interaction i
      set decided_at = $2, endpoints = locked.endpoints::text[], case_id = locked.case_id,
        visibility = locked.visibility, outcome = locked.outcome, decision = locked.decision::json
      from locked
      where i.account_id = $1 and i.id = locked.id and i.outcome = 'released'`,
    values: [
      accountId,
      decidedAt,
      plainArray(sorted.map((row) => row.interaction.id)),
      textArray(sorted.map((row) => textArray(row.endpoints))),
      plainArray(sorted.map((row) => row.caseId)),
      plainArray(sorted.map((row) => row.visibility)),
      textArray(sorted.map((row) => row.outcome)),
      joinedJson(sorted.map((row) => row.decision)),
    ],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('interaction');
  }
}
