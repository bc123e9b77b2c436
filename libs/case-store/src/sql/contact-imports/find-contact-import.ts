import type { Queryable } from '../../queryable.js';
import { rowsOf } from '../../queryable.js';
import { CONTACT_IMPORT_COLUMNS, type ContactImport } from './contact-import.js';

/** By its id; or the one of a file, read in one way, that has not come to its end. */
export type ContactImportName =
  { readonly id: string } | { readonly fileSha256: string; readonly settingsSha256: string };

/** An import of the account; null when there is none of the name. */
export async function findContactImport(
  client: Queryable,
  accountId: string,
  name: ContactImportName,
): Promise<ContactImport | null> {
  const [condition, values] =
    'id' in name
      ? ['id = $2', [name.id]]
      : [`state = 'running' and file_sha256 = $2 and settings_sha256 = $3`, [name.fileSha256, name.settingsSha256]];
  const rows = await rowsOf<ContactImport>(client, {
    text: `select ${CONTACT_IMPORT_COLUMNS} from contact_import where account_id = $1 and ${condition}`,
    values: [accountId, ...values],
  });
  return rows[0] ?? null;
}
