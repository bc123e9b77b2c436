import { rowsOf, type Queryable } from '../../queryable.js';

/** Accounts whose resolved cases close by themselves. */
export async function loadClosingAccounts(client: Queryable): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    text: 'select id from account where resolved_auto_close_days is not null order by id',
  });
  return rows.map((row) => row.id);
}
