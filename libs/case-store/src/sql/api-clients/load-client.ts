import { rowsOf, type Queryable } from '../../queryable.js';
import { clientViewOf, SELECT_CLIENTS, type ClientRow, type ClientView } from './client-view.js';

/** A client by its id or its name. */
export type ClientName = { readonly id: string } | { readonly name: string };

/** The client of the name, a revoked one too; null when there is none. */
export async function loadClient(client: Queryable, accountId: string, name: ClientName): Promise<ClientView | null> {
  const [row] = await rowsOf<ClientRow>(client, {
    text: `${SELECT_CLIENTS} where c.account_id = $1 and (c.id = $2::uuid or c.name = $3)`,
    values: [accountId, 'id' in name ? name.id : null, 'name' in name ? name.name : null],
  });
  return row === undefined ? null : clientViewOf(row);
}
