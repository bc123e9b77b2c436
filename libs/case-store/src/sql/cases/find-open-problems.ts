import { rowsOf, type Queryable } from '../../queryable.js';

/** A case that incidents can belong to. */
export interface OpenProblem {
  readonly id: string;
  /** Decimal text. */
  readonly number: string;
}

/** Which of some cases, named by ids and numbers, are problems that are not resolved. */
export async function findOpenProblems(
  client: Queryable,
  accountId: string,
  { ids, numbers }: { readonly ids: readonly string[]; readonly numbers: readonly string[] },
): Promise<OpenProblem[]> {
  return rowsOf<OpenProblem>(client, {
    text: `
      select id, number::text as number
      from cases
      where account_id = $1 and (id = any ($2::uuid[]) or number = any ($3::bigint[])) and type = 'problem'
        and category <> 'resolved' and closed_at is null and deleted_at is null`,
    values: [accountId, ids, numbers],
  });
}
