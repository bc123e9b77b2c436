import { CALL_BAR_EVENT, CONTACT_CHANGE, REVISED_FIELDS } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface SetterRow {
  readonly caseId: string;
  readonly field: string;
  /** Null: whoever it was, it was no interaction. */
  readonly interactionId: string | null;
  /** An agent's, in a call bar. */
  readonly wasPressed: boolean;
}

/** A case, and the interaction that it came from. */
export interface OriginOfCase {
  readonly id: string;
  readonly originInteractionId: string | null;
}

/**
 * By what each field of the cases was set last, as far as later facts about a call may revise it. Of a case in which nothing
 * but the interaction that it came from has changed anything there is no row: to read each change of it takes most of the
 * time, and most calls are told of in cases of their own.
 */
export async function findSetters(
  client: Queryable,
  accountId: string,
  cases: readonly OriginOfCase[],
): Promise<SetterRow[]> {
  return rowsOf<SetterRow>(client, {
    name: 'find_setters',
    text: `
      with others as materialized (
        select distinct given.id
        from unnest($2::uuid[], $3::uuid[]) as given (id, origin)
        join case_event e on e.account_id = $1 and e.case_id = given.id
        where (given.origin is null or e.interaction_id is distinct from given.origin) and e.details -> $6 is null
      )
      select distinct on (e.case_id, changed.field)
        e.case_id as "caseId", changed.field, e.interaction_id as "interactionId",
        e.details ->> $5 is not null as "wasPressed"
      from others
      join case_event e on e.account_id = $1 and e.case_id = others.id
      cross join lateral (
        select change ->> 'field' as field
        from json_array_elements(e.changes) as change
      ) as changed
      where changed.field = any ($4::text[]) and e.details -> $6 is null
      order by e.case_id, changed.field, e.seq desc`,
    values: [
      accountId,
      plainArray(cases.map(({ id }) => id)),
      plainArray(cases.map(({ originInteractionId }) => originInteractionId)),
      plainArray(REVISED_FIELDS),
      CALL_BAR_EVENT,
      CONTACT_CHANGE,
    ],
  });
}
