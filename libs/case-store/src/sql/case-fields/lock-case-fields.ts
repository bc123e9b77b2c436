import { rowsOf, type Queryable } from '../../queryable.js';
import { CASE_FIELD_COLUMNS, type CaseFieldView } from './case-field-row.js';

/**
 * All fields of the account, held until the transaction ends. The account's row comes first, so that two who make
 * fields go one after the other.
 */
export async function lockCaseFields(client: Queryable, accountId: string): Promise<CaseFieldView[]> {
  await client.query({ text: 'select 1 from account where id = $1 for no key update', values: [accountId] });
  return rowsOf<CaseFieldView>(client, {
    text: `select ${CASE_FIELD_COLUMNS} from case_field where account_id = $1 order by id for update`,
    values: [accountId],
  });
}
