import type { CustomField } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Every field of the account as the rules read it, inactive ones too: cases may have values of them. */
export async function loadCaseFields(client: Queryable, accountId: string): Promise<CustomField[]> {
  return rowsOf<CustomField>(client, {
    name: 'load_case_fields',
    text: `
      select key, label, type, required, active, options
      from case_field
      where account_id = $1
      order by position, id`,
    values: [accountId],
  });
}
