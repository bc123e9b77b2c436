import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface ThreadName {
  readonly kind: string;
  readonly value: string;
}

export interface ThreadRow extends ThreadName {
  readonly caseId: string;
  readonly interactionId: string | null;
}

/** Where the names lead; unknown names have no row. One probe of the key per name, whatever the statistics say. */
export async function loadThreads(
  client: Queryable,
  accountId: string,
  names: readonly ThreadName[],
): Promise<ThreadRow[]> {
  return rowsOf<ThreadRow>(client, {
    name: 'load_threads',
    text: `
      select given.kind, given.value, t.case_id as "caseId", t.interaction_id as "interactionId"
      from unnest($2::text[], $3::text[]) as given (kind, value)
      cross join lateral (
        select case_id, interaction_id
        from thread_key t
        where t.account_id = $1 and t.kind = given.kind and t.value = given.value
        offset 0
      ) as t`,
    values: [accountId, plainArray(names.map((name) => name.kind)), textArray(names.map((name) => name.value))],
  });
}
