import type { Queryable } from '../../queryable.js';
import type { BusinessHoursRow } from './business-hours-row.js';

/** Stores the hours of the configuration file, and forgets those that have left it. Who says the same changes nothing. */
export async function declareBusinessHours(
  client: Queryable,
  accountId: string,
  hours: readonly BusinessHoursRow[],
): Promise<void> {
  await client.query({
    text: `
      delete from business_hours
      where account_id = $1 and managed_by = 'file'
        and coalesce(group_id::text, 'account') <> all ($2::text[])`,
    values: [accountId, hours.map(({ groupId }) => groupId ?? 'account')],
  });
  await client.query({
    text: `
      insert into business_hours as h (account_id, group_id, time_zone, week, holidays, managed_by)
      select $1, d."groupId", d."timeZone", d.week, nullif(d.holidays, 'null'::jsonb), 'file'
      from jsonb_to_recordset($2) as d ("groupId" uuid, "timeZone" text, week jsonb, holidays jsonb)
      on conflict (account_id, group_id) do update
      set time_zone = excluded.time_zone, week = excluded.week, holidays = excluded.holidays, managed_by = 'file',
        version = h.version + 1, updated_at = now()
      where (h.time_zone, h.week, h.holidays, h.managed_by)
        is distinct from (excluded.time_zone, excluded.week, excluded.holidays, 'file')`,
    values: [accountId, JSON.stringify(hours)],
  });
}
