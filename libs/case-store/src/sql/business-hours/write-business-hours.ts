import { rowsOf, type Queryable } from '../../queryable.js';
import { BUSINESS_HOURS_COLUMNS, type BusinessHoursRow, type BusinessHoursView } from './business-hours-row.js';

/** Stores hours in the place of those before. */
export async function writeBusinessHours(
  client: Queryable,
  accountId: string,
  { groupId, timeZone, week, holidays, managedBy }: BusinessHoursRow,
): Promise<BusinessHoursView> {
  const [stored] = await rowsOf<BusinessHoursView>(client, {
    text: `
      insert into business_hours as h (account_id, group_id, time_zone, week, holidays, managed_by)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (account_id, group_id) do update
      set time_zone = excluded.time_zone, week = excluded.week, holidays = excluded.holidays,
        managed_by = excluded.managed_by, version = h.version + 1, updated_at = now()
      returning ${BUSINESS_HOURS_COLUMNS}`,
    values: [
      accountId,
      groupId,
      timeZone,
      JSON.stringify(week),
      holidays === null ? null : JSON.stringify(holidays),
      managedBy,
    ],
  });
  if (stored === undefined) {
    throw new Error('the hours were not stored');
  }
  return stored;
}

/** Forgets the hours of an account (`groupId` null) or of a group: it works as is usual, or as the account does. */
export async function deleteBusinessHours(client: Queryable, accountId: string, groupId: string | null): Promise<void> {
  await client.query({
    text: 'delete from business_hours where account_id = $1 and group_id is not distinct from $2',
    values: [accountId, groupId],
  });
}
