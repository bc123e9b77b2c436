import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';

/** Whether a row of an import is not decided yet. */
export async function hasWaitingContactImportRows(
  client: Queryable,
  { accountId, importId }: { readonly accountId: string; readonly importId: string },
): Promise<boolean> {
  const rows = await rowsOf<{ waits: boolean }>(client, {
    text: `
      select exists (
        select from contact_import_row where account_id = $1 and import_id = $2 and outcome is null
      ) as waits`,
    values: [accountId, importId],
  });
  return rows[0]?.waits === true;
}
