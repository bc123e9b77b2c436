import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';

/** What became of a row. */
export interface ContactImportRow {
  readonly row: number;
  readonly line: number;
  readonly outcome: string | null;
  readonly contactId: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

/** Rows of an import in their order, after one of them. */
export function loadContactImportRows(
  client: Queryable,
  { accountId, importId }: { readonly accountId: string; readonly importId: string },
  page: { readonly after: number; readonly limit: number },
): Promise<ContactImportRow[]> {
  return rowsOf<ContactImportRow>(client, {
    text: `
      select row::float8 as row, line::float8 as line, outcome, contact_id as "contactId", field, reason
        from contact_import_row
       where account_id = $1 and import_id = $2 and row > $3
       order by row limit $4`,
    values: [accountId, importId, page.after, page.limit],
  });
}
