import { rowsOf, type Queryable } from '../../queryable.js';

/** Cases that stand next to each other in the order of creation, and which of them have the words. */
export interface SearchWindow {
  /** How many were read; fewer than were asked for when there are no more. */
  readonly read: number;
  readonly hits: readonly string[];
}

export async function readSearchWindow(
  client: Queryable,
  accountId: string,
  {
    patterns,
    behind,
    direction,
    size,
  }: {
    readonly patterns: readonly string[];
    /** Id of the case before the first one; null begins at the end. */
    readonly behind: string | null;
    readonly direction: 'asc' | 'desc';
    readonly size: number;
  },
): Promise<SearchWindow> {
  const [window] = await rowsOf<SearchWindow>(client, {
    text: `
      select
        count(*)::int as read,
        coalesce(array_agg(w.case_id::text) filter (where w.text like all ($2::text[])), '{}') as hits
      from (
        select case_id, text
        from case_search
        where account_id = $1 ${behind === null ? '' : `and case_id ${direction === 'asc' ? '>' : '<'} $4`}
        order by case_id ${direction}
        limit $3
      ) as w`,
    values: [accountId, patterns, size, ...(behind === null ? [] : [behind])],
  });
  return window ?? { read: 0, hits: [] };
}
