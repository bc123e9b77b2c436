import { REVISED_FIELDS } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface SetterRow {
  readonly caseId: string;
  readonly field: string;
  /** Null: whoever it was, it was no interaction. */
  readonly interactionId: string | null;
}

/** By what each field of the cases was set last, as far as later facts about a call may revise it. */
export async function findSetters(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<SetterRow[]> {
  return rowsOf<SetterRow>(client, {
    name: 'find_setters',
    text: `
      select distinct on (e.case_id, changed.field)
        e.case_id as "caseId", changed.field, e.interaction_id as "interactionId"
      from case_event e
      cross join lateral (
        select change ->> 'field' as field
        from json_array_elements(e.changes) as change
      ) as changed
      where e.account_id = $1 and e.case_id = any ($2::uuid[]) and changed.field = any ($3::text[])
      order by e.case_id, changed.field, e.seq desc`,
    values: [accountId, plainArray(caseIds), plainArray(REVISED_FIELDS)],
  });
}
