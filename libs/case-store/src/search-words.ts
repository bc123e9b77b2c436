import type { Queryable } from './queryable.js';
import type { Further } from './statement.js';
import { readSearchWindow, SEARCHED } from './sql/search/read-search-window.js';

/** So many are read in a few milliseconds. */
export const WINDOW = 5000;
/** What more than one in a hundred has is common: an index would name too many. */
const COMMON = 0.01;

/** A list that is searched for words. */
export interface Searched<View> {
  readonly of: keyof typeof SEARCHED;
  /** Parts of texts, folded, all of which have to be there. */
  readonly words: readonly string[];
  /** The list by its ids, which sort as it was created; null: in another order. */
  readonly byCreation: { readonly direction: 'asc' | 'desc'; readonly behind: string | null } | null;
  readonly limit: number;
  readonly windowSize: number;
  /** The page, of those of which something else is true as well. */
  readonly list: (further: Further) => Promise<View[]>;
}

/**
 * The page of those that have all of the words. Common words are found by reading along the list, which ends early; rare
 * ones by the index, which names few. The next few thousand tell which it is: often they fill the page by themselves.
 */
export async function searchWords<View>(
  client: Queryable,
  accountId: string,
  { of, words, byCreation, limit, windowSize: size, list }: Searched<View>,
): Promise<View[]> {
  const patterns = words.map(containing);
  const { direction, behind } = byCreation ?? { direction: 'desc', behind: null };
  const { read, hits } = await readSearchWindow(client, accountId, { of, patterns, behind, direction, size });
  // A window that holds all that is left of the list needs no other search, in whatever order.
  const isEnough = byCreation !== null || read < size;
  const near = isEnough ? await list(naming((bind) => `c.id = any(${bind(hits)}::uuid[])`)) : [];
  if (near.length >= limit || read < size) {
    return near;
  }
  return list(hits.length > size * COMMON ? readEach(of, patterns) : askIndex(of, patterns));
}

export function naming(condition: Further['condition']): Further {
  return { condition, names: true };
}

/** Looks at the text of each one that the filters leave. */
function readEach(of: keyof typeof SEARCHED, patterns: readonly string[]): Further {
  const { table, id } = SEARCHED[of];
  const condition: Further['condition'] = (bind) => `exists (
    select from ${table} s
    where s.account_id = c.account_id and s.${id} = c.id
      and ${patterns.map((pattern) => `s.text like ${bind(pattern)}`).join(' and ')}
  )`;
  return { condition, names: false };
}

/** An array by itself, so that nobody plans to read along the list in the hope of finding enough. */
function askIndex(of: keyof typeof SEARCHED, patterns: readonly string[]): Further {
  const { table, id } = SEARCHED[of];
  return naming(
    (bind, account) => `c.id = any(array(
      select s.${id} from ${table} s
      where s.account_id = ${account}
        and ${patterns.map((pattern) => `s.text like ${bind(pattern)}`).join(' and ')}
    ))`,
  );
}

/** The pattern of a text that is meant literally. */
function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}
