import { rowsOf, type Queryable } from '../../queryable.js';

/** What is searched: the table of the texts, and what its rows are called by. */
export const SEARCHED = {
  case: { table: 'case_search', id: 'case_id' },
  contact: { table: 'contact_search', id: 'contact_id' },
} as const;

/** Cases or contacts that stand next to each other in the order of creation, and which of them have the words. */
export interface SearchWindow {
  /** How many were read; fewer than were asked for when there are no more. */
  readonly read: number;
  readonly hits: readonly string[];
}

export async function readSearchWindow(
  client: Queryable,
  accountId: string,
  {
    of,
    patterns,
    behind,
    direction,
    size,
  }: {
    readonly of: keyof typeof SEARCHED;
    readonly patterns: readonly string[];
    /** Id of the one before the first; null begins at the end. */
    readonly behind: string | null;
    readonly direction: 'asc' | 'desc';
    readonly size: number;
  },
): Promise<SearchWindow> {
  const { table, id } = SEARCHED[of];
  const [window] = await rowsOf<SearchWindow>(client, {
    text: `
      select
        count(*)::int as read,
        coalesce(array_agg(w.${id}::text) filter (where w.text like all ($2::text[])), '{}') as hits
      from (
        select ${id}, text
        from ${table}
        where account_id = $1 ${behind === null ? '' : `and ${id} ${direction === 'asc' ? '>' : '<'} $4`}
        order by ${id} ${direction}
        limit $3
      ) as w`,
    values: [accountId, patterns, size, ...(behind === null ? [] : [behind])],
  });
  return window ?? { read: 0, hits: [] };
}
