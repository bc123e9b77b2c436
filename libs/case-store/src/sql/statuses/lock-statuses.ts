import { rowsOf, type Queryable } from '../../queryable.js';
import { STATUS_COLUMNS, type StatusView } from './status-row.js';

/**
 * All statuses of the account, held until the transaction ends: what one may be depends on the others. The account's row
 * comes first, so that two who make statuses go one after the other.
 */
export async function lockStatuses(client: Queryable, accountId: string): Promise<StatusView[]> {
  await client.query({ text: 'select 1 from account where id = $1 for no key update', values: [accountId] });
  return rowsOf<StatusView>(client, {
    text: `select ${STATUS_COLUMNS} from case_status where account_id = $1 order by id for update`,
    values: [accountId],
  });
}
