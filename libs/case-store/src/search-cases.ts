import type { CaseSearch } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { naming, searchWords, WINDOW } from './search-words.js';
import type { CaseFilter } from './sql/cases/case-filter.js';
import { comparePositions, positionOf } from './sql/cases/case-order.js';
import type { CaseView } from './sql/cases/case-view.js';
import { type CasePage, listCases } from './sql/cases/list-cases.js';
import type { Further } from './statement.js';

/** The cases of a list that have all of the words, and the one that bears the number. */
export async function searchCases(
  client: Queryable,
  accountId: string,
  { filter, search }: { readonly filter: CaseFilter; readonly search: CaseSearch },
  page: CasePage,
  windowSize = WINDOW,
): Promise<CaseView[]> {
  const list = (further: Further) => listCases(client, accountId, filter, page, further);
  const { number, words } = search;
  const numbered = number === null ? [] : await list(naming((bind) => `c.number = ${bind(number)}::bigint`));
  const isByCreation = page.sort === 'created_at' || page.sort === '-created_at';
  const direction = page.sort === 'created_at' ? 'asc' : 'desc';
  const byCreation = isByCreation ? ({ direction, behind: page.position[0] ?? null } as const) : null;
  const asked = { of: 'case', words, byCreation, limit: page.limit, windowSize, list } as const;
  const worded = words.length === 0 ? [] : await searchWords(client, accountId, asked);
  const found = new Map([...worded, ...numbered].map((view) => [view.state.id, view]));
  const compare = ({ state: one }: CaseView, { state: other }: CaseView): number => {
    return comparePositions(page.sort, positionOf(page.sort, one), positionOf(page.sort, other));
  };
  return [...found.values()].sort(compare).slice(0, page.limit);
}
