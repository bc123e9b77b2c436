import type { NewContact } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Inserts contacts. Two transactions that meet one stranger are told apart by the identity, which only one may give away. */
export async function insertContacts(
  client: Queryable,
  accountId: string,
  createdAt: string,
  contacts: readonly NewContact[],
): Promise<void> {
  await client.query({
    name: 'insert_contacts',
    text: `
      insert into contact (account_id, id, kind, name, created_at, is_heard)
      select $1, id, kind, name, $2, is_heard
      from unnest($3::uuid[], $4::text[], $5::text[], $6::boolean[]) as given (id, kind, name, is_heard)`,
    values: [
      accountId,
      createdAt,
      plainArray(contacts.map((contact) => contact.id)),
      plainArray(contacts.map((contact) => contact.kind)),
      textArray(contacts.map((contact) => contact.name)),
      plainArray(contacts.map(({ byHand }) => byHand !== true)),
    ],
  });
}
