import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';

/** How many rows came to which end; `conflicts` are taken, but not with all their addresses. */
export interface ContactImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly flagged_shared: number;
  readonly refused: number;
  readonly conflicts: number;
}

/** Counts the rows of an import by what became of them. */
export async function countContactImportRows(
  client: Queryable,
  { accountId, importId }: { readonly accountId: string; readonly importId: string },
): Promise<ContactImportCounts> {
  const counts = ['created', 'updated', 'unchanged', 'flagged_shared', 'refused'].map(
    (outcome) => `count(*) filter (where outcome = '${outcome}')::float8 as ${outcome}`,
  );
  const rows = await rowsOf<ContactImportCounts>(client, {
    text: `
      select
        ${counts.join(', ')}, count(*) filter (where outcome in ('created', 'updated', 'unchanged') and reason is not null)::float8 as conflicts
      from contact_import_row
      where account_id = $1 and import_id = $2`,
    values: [accountId, importId],
  });
  return rows[0] ?? { created: 0, updated: 0, unchanged: 0, flagged_shared: 0, refused: 0, conflicts: 0 };
}
