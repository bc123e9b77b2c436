import { rowsOf, type Queryable } from '../../queryable.js';

/** Ids of cases that have the status, oldest first, at most `limit`; neither closed ones nor those in the trash. */
export async function findCasesInStatus(
  client: Queryable,
  accountId: string,
  statusId: string,
  limit: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    text: `
      select id from cases
      where account_id = $1 and status_id = $2 and closed_at is null and deleted_at is null
      order by id
      limit $3`,
    values: [accountId, statusId, limit],
  });
  return rows.map((row) => row.id);
}
