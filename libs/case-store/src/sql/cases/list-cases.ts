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

/** What else has to be true of a case `c`; `account` is the name of the parameter that is the account. */
export type Further = (bind: Bind, account: string) => string;

/**
 * Cases of an account in an order, behind a position: rows that arrive between two pages neither move nor repeat
 * anything behind it.
 */
export async function listCases(
  client: Queryable,
  accountId: string,
  filter: CaseFilter,
  { sort, limit, position }: CasePage,
  further: Further = () => 'true',
): Promise<CaseView[]> {
  const rows: object[] = [];
  for (const stretch of stretchesBehind(sort, position)) {
    if (rows.length < limit) {
      const { text, values } = statementOf(accountId, { filter, further, stretch, limit: limit - rows.length });
      rows.push(...(await client.query<object>(text, values)).rows);
    }
  }
  return caseViewsOf(client, accountId, rows);
}

interface Portion {
  readonly filter: CaseFilter;
  readonly further: Further;
  readonly stretch: Stretch;
  readonly limit: number;
}

function statementOf(
  accountId: string,
  { filter, further, stretch, limit }: Portion,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const account = bind(accountId);
  const path = pathOf(stretch, bind);
  const conditions = [
    `c.account_id = ${account}`,
    ...conditionsOf(filter, bind),
    further(bind, account),
    ...path.where,
  ];
  const text = `${SELECT_CASES} where ${conditions.join(' and ')} order by ${path.orderBy} limit ${bind(limit)}`;
  return { text, values };
}
