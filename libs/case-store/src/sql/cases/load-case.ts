import type { Queryable } from '../../queryable.js';
import { caseViewsOf, SELECT_CASES, type CaseView } from './case-view.js';

/** How a case is named: by its id, or by the number that people see. */
export type CaseName =
  | { readonly by: 'id'; readonly id: string }
  /** Decimal text of a bigint. */
  | { readonly by: 'number'; readonly number: string };

const BY_ID = `${SELECT_CASES} where c.account_id = $1 and c.id = $2`;
const BY_NUMBER = `${SELECT_CASES} where c.account_id = $1 and c.number = $2`;

/** One case of the account, also one in the trash; null when the account has none of that name. */
export async function loadCase(client: Queryable, accountId: string, name: CaseName): Promise<CaseView | null> {
  const result =
    name.by === 'id'
      ? await client.query<object>(BY_ID, [accountId, name.id])
      : await client.query<object>(BY_NUMBER, [accountId, name.number]);
  const [view] = await caseViewsOf(client, accountId, result.rows);
  return view ?? null;
}
