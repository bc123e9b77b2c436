import type { Queryable } from '../../queryable.js';
import { type Bind, type CaseFilter, conditionsOf } from './case-filter.js';
import { type CaseSort, pathOf, type Position, type Stretch, stretchesBehind } from './case-order.js';
import { caseViewsOf, SELECT_CASES, type CaseView } from './case-view.js';

/** A page of a list: at most `limit` cases behind a position. */
export interface CasePage {
  readonly sort: CaseSort;
  readonly limit: number;
  /** Empty at the beginning. */
  readonly position: Position;
}

/**
 * Cases of an account in an order, behind a position: rows that arrive between two pages neither move nor repeat
 * anything behind it.
 */
export async function listCases(
  client: Queryable,
  accountId: string,
  filter: CaseFilter,
  { sort, limit, position }: CasePage,
): Promise<CaseView[]> {
  const rows: object[] = [];
  for (const stretch of stretchesBehind(sort, position)) {
    if (rows.length < limit) {
      const { text, values } = statementOf(accountId, filter, stretch, limit - rows.length);
      rows.push(...(await client.query<object>(text, values)).rows);
    }
  }
  return caseViewsOf(client, accountId, rows);
}

function statementOf(
  accountId: string,
  filter: CaseFilter,
  stretch: Stretch,
  limit: number,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const path = pathOf(stretch, bind);
  const conditions = [`c.account_id = ${bind(accountId)}`, ...conditionsOf(filter, bind), ...path.where];
  const text = `${SELECT_CASES} where ${conditions.join(' and ')} order by ${path.orderBy} limit ${bind(limit)}`;
  return { text, values };
}
