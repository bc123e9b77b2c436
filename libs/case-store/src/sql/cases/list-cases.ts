import type { Queryable } from '../../queryable.js';
import type { Bind, Further } from '../../statement.js';
import { type CaseFilter, conditionsOf } from './case-filter.js';
import { type CaseSort, pathOf, type Position, type Stretch, stretchesBehind } from './case-order.js';
import { runsOf } from './case-runs.js';
import { caseViewsOf, selectCasesFrom, type CaseView } from './case-view.js';

/** A page of a list: at most `limit` cases behind a position. */
export interface CasePage {
  readonly sort: CaseSort;
  readonly limit: number;
  /** Empty at the beginning. */
  readonly position: Position;
}

const NOTHING: Further = { condition: () => 'true', names: false };

/**
 * Cases of an account in an order, behind a position: rows that arrive between two pages neither move nor repeat
 * anything behind it.
 */
export async function listCases(
  client: Queryable,
  accountId: string,
  filter: CaseFilter,
  { sort, limit, position }: CasePage,
  further = NOTHING,
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

/**
 * 1. the cases of the page, of each run or of the list as a whole, in the words that their index is made in
 * 2. of several runs, the first of all of them
 * 3. what people know them by, for those alone
 */
function statementOf(
  accountId: string,
  { filter, further, stretch, limit }: Portion,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const account = bind(accountId);
  const most = bind(limit);
  const runs = further.names ? null : runsOf(account, filter, stretch, bind);
  const path = pathOf(stretch, bind);
  const order = `order by ${path.orderBy}`;
  const conditions = [
    `c.account_id = ${account}`,
    ...(runs?.where ?? []),
    ...conditionsOf(runs?.rest ?? filter, bind),
    further.condition(bind, account),
    ...path.where,
  ];
  const cases = `select c.* from ${runs?.cases ?? 'cases c'} where ${conditions.join(' and ')} ${order} limit ${most}`;
  const once = runs?.overlap === true ? `distinct on (${stretch.columns}) ` : '';
  const merged = `select ${once}c.* from ${runs?.from ?? ''} cross join lateral (${cases}) as c ${order} limit ${most}`;
  return { text: `${selectCasesFrom(`(${runs === null ? cases : merged})`)} ${order}`, values };
}
