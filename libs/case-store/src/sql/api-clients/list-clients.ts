import { rowsOf, type Queryable } from '../../queryable.js';
import { clientViewOf, SELECT_CLIENTS, type ClientRow, type ClientView } from './client-view.js';

/** The clients of the account by name, behind `afterName` where that is given; revoked ones too. */
export async function listClients(
  client: Queryable,
  accountId: string,
  page: { readonly limit: number; readonly afterName: string | null },
): Promise<ClientView[]> {
  const rows = await rowsOf<ClientRow>(client, {
    text: `${SELECT_CLIENTS}
      where c.account_id = $1 and ($2::text is null or c.name > $2)
      order by c.name
      limit $3`,
    values: [accountId, page.afterName, page.limit],
  });
  return rows.map(clientViewOf);
}
