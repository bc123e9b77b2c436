import type { NewContact } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Inserts contacts in the order of ids. Ids are derived, so two transactions that meet one stranger agree. */
export async function insertContacts(
  client: Queryable,
  accountId: string,
  createdAt: string,
  contacts: readonly NewContact[],
): Promise<void> {
  const sorted = [...contacts].sort((a, b) => (a.id < b.id ? -1 : 1));
  await client.query({
    name: 'insert_contacts',
    text: `
      insert into contact (account_id, id, kind, name, created_at)
      select $1, id, kind, name, $2
      from unnest($3::uuid[], $4::text[], $5::text[]) as given (id, kind, name)
      on conflict (account_id, id) do nothing`,
    values: [
      accountId,
      createdAt,
      plainArray(sorted.map((contact) => contact.id)),
      plainArray(sorted.map((contact) => contact.kind)),
      textArray(sorted.map((contact) => contact.name)),
    ],
  });
}
