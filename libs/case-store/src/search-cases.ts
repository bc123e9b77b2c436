import type { CaseSearch } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import type { CaseFilter } from './sql/cases/case-filter.js';
import { comparePositions, positionOf } from './sql/cases/case-order.js';
import type { CaseView } from './sql/cases/case-view.js';
import { type CasePage, type Further, listCases } from './sql/cases/list-cases.js';
import { readSearchWindow } from './sql/search/read-search-window.js';

/** So many cases are read in a few milliseconds. */
const WINDOW = 5000;
/** What more than one case in a hundred has is common: an index would name too many. */
const COMMON = 0.01;

/**
 * The cases of a list that have all of the words, and the one that bears the number. Common words are found by reading
 * along the list, which ends early; rare ones by the index, which names few. The next few thousand cases tell which it is:
 * often they fill the page by themselves.
 */
export async function searchCases(
  client: Queryable,
  accountId: string,
  { filter, search }: { readonly filter: CaseFilter; readonly search: CaseSearch },
  page: CasePage,
  windowSize = WINDOW,
): Promise<CaseView[]> {
  const list = (further: Further) => listCases(client, accountId, filter, page, further);
  const { number } = search;
  const numbered = number === null ? [] : await list(naming((bind) => `c.number = ${bind(number)}::bigint`));
  const patterns = search.words.map(containing);
  const worded = patterns.length === 0 ? [] : await withWords(list, { client, accountId, patterns, page, windowSize });
  const found = new Map([...worded, ...numbered].map((view) => [view.state.id, view]));
  const compare = ({ state: one }: CaseView, { state: other }: CaseView): number => {
    return comparePositions(page.sort, positionOf(page.sort, one), positionOf(page.sort, other));
  };
  return [...found.values()].sort(compare).slice(0, page.limit);
}

interface Words {
  readonly client: Queryable;
  readonly accountId: string;
  readonly patterns: readonly string[];
  readonly page: CasePage;
  readonly windowSize: number;
}

async function withWords(list: (further: Further) => Promise<CaseView[]>, words: Words): Promise<CaseView[]> {
  const { client, accountId, patterns, page, windowSize: size } = words;
  const byCreation = page.sort === 'created_at' || page.sort === '-created_at';
  const behind = byCreation ? (page.position[0] ?? null) : null;
  const direction = page.sort === 'created_at' ? 'asc' : 'desc';
  const { read, hits } = await readSearchWindow(client, accountId, { patterns, behind, direction, size });
  // A window that holds all that is left of the list needs no other search, in whatever order.
  const near = byCreation || read < size ? await list(naming((bind) => `c.id = any(${bind(hits)}::uuid[])`)) : [];
  if (near.length >= page.limit || read < size) {
    return near;
  }
  return list(hits.length > size * COMMON ? readEach(patterns) : askIndex(patterns));
}

function naming(condition: Further['condition']): Further {
  return { condition, names: true };
}

/** Looks at the text of each case that the filters leave. */
function readEach(patterns: readonly string[]): Further {
  const condition: Further['condition'] = (bind) => `exists (
    select from case_search s
    where s.account_id = c.account_id and s.case_id = c.id
      and ${patterns.map((pattern) => `s.text like ${bind(pattern)}`).join(' and ')}
  )`;
  return { condition, names: false };
}

/** An array by itself, so that nobody plans to read along the list in the hope of finding enough. */
function askIndex(patterns: readonly string[]): Further {
  return naming(
    (bind, account) => `c.id = any(array(
      select s.case_id from case_search s
      where s.account_id = ${account}
        and ${patterns.map((pattern) => `s.text like ${bind(pattern)}`).join(' and ')}
    ))`,
  );
}

/** The pattern of a text that is meant literally. */
function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}
