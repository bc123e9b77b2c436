import { rowsOf, type Queryable } from '../../queryable.js';
import { CASE_FIELD_COLUMNS, type CaseFieldView } from './case-field-row.js';

/** All fields of the account, in no order: there are 200 at most. */
export async function listCaseFields(client: Queryable, accountId: string): Promise<CaseFieldView[]> {
  return rowsOf<CaseFieldView>(client, {
    name: 'list_case_fields',
    text: `select ${CASE_FIELD_COLUMNS} from case_field where account_id = $1`,
    values: [accountId],
  });
}
