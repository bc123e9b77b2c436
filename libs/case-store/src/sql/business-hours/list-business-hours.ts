import { rowsOf, type Queryable } from '../../queryable.js';
import { BUSINESS_HOURS_COLUMNS, type BusinessHoursView } from './business-hours-row.js';

/** All hours that the account and its groups have said, in no order. */
export async function listBusinessHours(client: Queryable, accountId: string): Promise<BusinessHoursView[]> {
  return rowsOf<BusinessHoursView>(client, {
    name: 'list_business_hours',
    text: `select ${BUSINESS_HOURS_COLUMNS} from business_hours where account_id = $1`,
    values: [accountId],
  });
}
