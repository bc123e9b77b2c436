import type { ContactTraits } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What rules may ask of contacts, by their ids. */
export async function loadContactTraits(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<(ContactTraits & { readonly id: string })[]> {
  return rowsOf(client, {
    name: 'load_contact_traits',
    text: `
      select id, kind, company, locale, custom_fields as "customFields"
      from contact
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(contactIds)],
  });
}
