import { rowsOf, type Queryable } from '../../queryable.js';
import { contactViewsOf, type ContactView, selectContactsFrom } from './contact-view.js';

type Row = Parameters<typeof contactViewsOf>[2][number];

/**
 * The contact of an id, or the one that it lives on in. Throw-away ones can be looked at by whoever knows the id. Null when
 * the account has none, or none any more.
 */
export async function loadContactView(client: Queryable, accountId: string, id: string): Promise<ContactView | null> {
  const rows = await rowsOf<Row>(client, {
    name: 'load_contact_view',
    text: `${selectContactsFrom('contact')}
      where c.account_id = $1 and c.deleted_at is null
        and c.id = (select coalesce(n.merged_into, n.id) from contact n where n.account_id = $1 and n.id = $2)`,
    values: [accountId, id],
  });
  return (await contactViewsOf(client, accountId, rows))[0] ?? null;
}
