import { rowsOf, type Queryable } from '../../queryable.js';
import { STATUS_COLUMNS, type StatusView } from './status-row.js';

/** All statuses of the account, in no order: there are 100 of a category at most. */
export async function listStatuses(client: Queryable, accountId: string): Promise<StatusView[]> {
  return rowsOf<StatusView>(client, {
    name: 'list_statuses',
    text: `select ${STATUS_COLUMNS} from case_status where account_id = $1`,
    values: [accountId],
  });
}
