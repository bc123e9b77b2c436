import type { Queryable } from '../../queryable.js';

/** A contact by its folded text. */
export interface ContactSearchText {
  readonly contactId: string;
  readonly text: string;
}

/** Writes texts of contacts; one that stays as it was is not written. */
export async function writeContactSearch(
  client: Queryable,
  accountId: string,
  texts: readonly ContactSearchText[],
): Promise<void> {
  await client.query({
    name: 'write_contact_search',
    text: `
      insert into contact_search as s (account_id, contact_id, text)
      select $1, given.* from unnest($2::uuid[], $3::text[]) as given
      on conflict (account_id, contact_id) do update set text = excluded.text where s.text <> excluded.text`,
    values: [accountId, texts.map(({ contactId }) => contactId), texts.map(({ text }) => text)],
  });
}

/** Contacts that are not found any more: they were merged or taken away. */
export async function deleteContactSearch(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'delete_contact_search',
    text: 'delete from contact_search where account_id = $1 and contact_id = any ($2::uuid[])',
    values: [accountId, contactIds],
  });
}
