import { rowsOf, type Queryable } from '../../queryable.js';
import { ACCOUNT_COLUMNS, type AccountView } from './account-row.js';

/** The account, held until the transaction ends; null when none of that id was declared. */
export async function lockAccount(client: Queryable, id: string): Promise<AccountView | null> {
  const [row] = await rowsOf<AccountView>(client, {
    text: `select ${ACCOUNT_COLUMNS} from account where id = $1 for no key update`,
    values: [id],
  });
  return row ?? null;
}
