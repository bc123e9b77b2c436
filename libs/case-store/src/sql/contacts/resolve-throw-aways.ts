import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** A case that was for somebody who hid, or may have been, and whom it is for now. */
export interface ThrowAwayRow {
  readonly caseId: string;
  /** The contact that stood for them; null: one of earlier, if there was one. */
  readonly contactId: string | null;
  /** Null where the case is for nobody of the contacts. */
  readonly intoId: string | null;
}

/** Has the throw-away contacts of the cases answer by whom these are for; others are left alone, whoever names them. */
export async function resolveThrowAways(
  client: Queryable,
  accountId: string,
  rows: readonly ThrowAwayRow[],
): Promise<void> {
  await client.query({
    name: 'resolve_throw_aways',
    text: `
      with given as (
        select * from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as given (case_id, contact_id, into_id)
      ), theirs as (
        select id, case_id, into_id
        from given
        join contact c on c.account_id = $1 and c.id = given.contact_id and c.kind = 'anonymous' and c.of_case_id is null
        union
        select id, case_id, into_id
        from given
        join contact c on c.account_id = $1 and c.of_case_id = given.case_id and c.kind = 'anonymous'
      )
      update contact c
      set of_case_id = theirs.case_id, merged_into = nullif(surviving_contact($1, theirs.into_id), c.id)
      from theirs
      where c.account_id = $1 and c.id = theirs.id`,
    values: [
      accountId,
      plainArray(rows.map(({ caseId }) => caseId)),
      plainArray(rows.map(({ contactId }) => contactId)),
      plainArray(rows.map(({ intoId }) => intoId)),
    ],
  });
}
