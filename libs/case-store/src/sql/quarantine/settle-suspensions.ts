import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** What a person decided about an interaction that waits. */
export interface SettledSuspensionRow {
  readonly interactionId: string;
  readonly state: 'released' | 'rejected';
  /** Who decided. */
  readonly by: string;
  readonly note: string | null;
}

/** Writes the verdicts. Ends in `ConcurrentChange` when one of them was not waiting any more: whoever comes first decides. */
export async function settleSuspensions(
  client: Queryable,
  accountId: string,
  settledAt: string,
  rows: readonly SettledSuspensionRow[],
): Promise<void> {
  const result = await client.query({
    name: 'settle_suspensions',
    text: `
      update quarantine q
      set state = given.state, settled_at = $2, settled_by = given.settled_by, note = given.note
      from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as given (id, state, settled_by, note)
      where q.account_id = $1 and q.interaction_id = given.id and q.state = 'waiting'`,
    values: [
      accountId,
      settledAt,
      plainArray(rows.map((row) => row.interactionId)),
      plainArray(rows.map((row) => row.state)),
      textArray(rows.map((row) => row.by)),
      textArray(rows.map((row) => row.note)),
    ],
  });
  if (result.rowCount !== rows.length) {
    throw new ConcurrentChange('suspension');
  }
}
