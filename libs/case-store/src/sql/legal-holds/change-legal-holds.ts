import type { HoldChange } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Puts cases on hold and lets others go; each is named once. The caller holds the locks of the cases. */
export async function changeLegalHolds(
  client: Queryable,
  accountId: string,
  changes: readonly HoldChange[],
): Promise<void> {
  await client.query({
    name: 'change_legal_holds',
    text: `
      with given as (
        select * from unnest($2::uuid[], $3::boolean[], $4::text[], $5::timestamptz[]) as g (case_id, held, reason, at)
      ), gone as (
        delete from legal_hold h using given g where h.account_id = $1 and h.case_id = g.case_id and not g.held
      )
      insert into legal_hold (account_id, case_id, reason, placed_at)
      select $1, case_id, reason, at from given where held
      on conflict (account_id, case_id) do update set reason = excluded.reason, placed_at = excluded.placed_at`,
    values: [
      accountId,
      plainArray(changes.map(({ caseId }) => caseId)),
      plainArray(changes.map(({ on }) => on)),
      textArray(changes.map(({ reason }) => reason)),
      plainArray(changes.map(({ at }) => at)),
    ],
  });
}
