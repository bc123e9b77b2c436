import { rowsOf, type Queryable } from '../../queryable.js';

/** Public names of the parts of a contact that changed after a version, sorted. */
export async function listContactChanges(
  client: Queryable,
  accountId: string,
  contactId: string,
  version: number,
): Promise<string[]> {
  const [row] = await rowsOf<{ readonly parts: string[] }>(client, {
    text: `
      select array(
        select key from jsonb_each_text(changed_in) where value::int > $3 order by key
      ) as parts
      from contact
      where account_id = $1 and id = $2`,
    values: [accountId, contactId, version],
  });
  return row?.parts ?? [];
}
