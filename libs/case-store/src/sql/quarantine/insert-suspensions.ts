import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** An interaction that begins to wait for a person, and why. */
export interface SuspensionRow {
  readonly interactionId: string;
  readonly reason: string;
}

/** Notes what waits. The interactions' own rows are written in the same transaction. */
export async function insertSuspensions(
  client: Queryable,
  accountId: string,
  suspendedAt: string,
  rows: readonly SuspensionRow[],
): Promise<void> {
  await client.query({
    name: 'insert_suspensions',
    text: `
      insert into quarantine (account_id, interaction_id, reason, suspended_at)
      select $1, id, reason, $2
      from unnest($3::uuid[], $4::text[]) as given (id, reason)
      on conflict (account_id, interaction_id) do nothing`,
    values: [
      accountId,
      suspendedAt,
      plainArray(rows.map((row) => row.interactionId)),
      plainArray(rows.map((row) => row.reason)),
    ],
  });
}
