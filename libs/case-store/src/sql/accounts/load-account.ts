import { rowsOf, type Queryable } from '../../queryable.js';
import { ACCOUNT_COLUMNS, type AccountView } from './account-row.js';

/** The account; null when none of that id was declared. */
export async function loadAccount(client: Queryable, id: string): Promise<AccountView | null> {
  const [row] = await rowsOf<AccountView>(client, {
    text: `select ${ACCOUNT_COLUMNS} from account where id = $1`,
    values: [id],
  });
  return row ?? null;
}
