import type { Queryable } from '../../queryable.js';
import type { ContactImportState } from './contact-import.js';

/** Ends an import of which every row is decided. */
export async function finishContactImport(
  client: Queryable,
  accountId: string,
  importId: string,
  state: Exclude<ContactImportState, 'running'>,
): Promise<void> {
  await client.query({
    text: `
      update contact_import set state = $3, ended_at = now()
       where account_id = $1 and id = $2 and state = 'running'`,
    values: [accountId, importId, state],
  });
}
