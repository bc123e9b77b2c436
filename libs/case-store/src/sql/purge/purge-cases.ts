import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** A case that is to go for good. */
export interface PurgedRow {
  readonly caseId: string;
  /** JSON text: who purged it. */
  readonly by: string;
}

/**
 * Takes cases out of the trash for good; of each its id, its number, when and by whom stay. The caller holds the
 * locks. Ends in `ConcurrentChange` when one of them is not in the trash.
 */
export async function purgeCases(
  client: Queryable,
  accountId: string,
  now: string,
  rows: readonly PurgedRow[],
): Promise<void> {
  const purged = await client.query({
    name: 'purge_cases',
    text: `
      with gone as (
        delete from cases c
        using unnest($3::uuid[], $4::text[]) as given (case_id, purged_by)
        where c.account_id = $1 and c.id = given.case_id and c.deleted_at is not null
        returning c.id, c.number, given.purged_by
      )
      insert into purged_case (account_id, id, number, purged_at, purged_by)
      select $1, id, number, $2, purged_by::json from gone`,
    values: [accountId, now, plainArray(rows.map(({ caseId }) => caseId)), textArray(rows.map(({ by }) => by))],
  });
  if (purged.rowCount !== rows.length) {
    throw new ConcurrentChange('case_family');
  }
}
