import type { KnownContact } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The contacts of these ids, by the surviving one where they were merged. */
export async function loadContacts(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<(KnownContact & { readonly namedId: string })[]> {
  return rowsOf(client, {
    name: 'load_contacts',
    text: `
      select named.id as "namedId", c.id, c.kind
      from contact named
      join contact c on c.account_id = named.account_id and c.id = surviving_contact(named.account_id, named.id)
      where named.account_id = $1 and named.id = any ($2::uuid[]) and c.deleted_at is null`,
    values: [accountId, plainArray(contactIds)],
  });
}
