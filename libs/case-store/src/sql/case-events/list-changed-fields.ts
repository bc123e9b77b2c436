import { rowsOf, type Queryable } from '../../queryable.js';

/** What moved in a case behind a version: names of fields as the domain has them, and kinds of what is no field. */
export async function listChangedFields(
  client: Queryable,
  accountId: string,
  caseId: string,
  sinceVersion: number,
): Promise<{ readonly fields: readonly string[]; readonly kinds: readonly string[] }> {
  const rows = await rowsOf<{ kind: string; fields: readonly string[] }>(client, {
    name: 'list_changed_fields',
    text: `
      select e.kind, array(select change ->> 'field' from json_array_elements(e.changes) as change) as fields
      from case_event e
      where e.account_id = $1 and e.case_id = $2 and e.seq > $3
      order by e.seq`,
    values: [accountId, caseId, sinceVersion],
  });
  return { fields: rows.flatMap(({ fields }) => fields), kinds: rows.map(({ kind }) => kind) };
}
