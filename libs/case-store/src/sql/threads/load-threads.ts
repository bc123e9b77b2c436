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

/** Where the names lead; unknown names have no row. */
export async function loadThreads(
  client: Queryable,
  accountId: string,
  names: readonly ThreadName[],
): Promise<ThreadRow[]> {
  return rowsOf<ThreadRow>(client, {
    name: 'load_threads',
    text: `
      select t.kind, t.value, t.case_id as "caseId", t.interaction_id as "interactionId"
      from unnest($2::text[], $3::text[]) as given (kind, value)
      join thread_key t on t.account_id = $1 and t.kind = given.kind and t.value = given.value`,
    values: [accountId, plainArray(names.map((name) => name.kind)), textArray(names.map((name) => name.value))],
  });
}
