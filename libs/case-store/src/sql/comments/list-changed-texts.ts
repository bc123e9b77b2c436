import { rowsOf, type Queryable } from '../../queryable.js';

/** Public names of what changed in a comment behind one of its versions, sorted. */
export async function listChangedTexts(
  client: Queryable,
  accountId: string,
  commentId: string,
  sinceVersion: number,
): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(client, {
    name: 'list_changed_texts',
    text: `
      select distinct name
      from comment m
      join case_event e on e.account_id = m.account_id and e.case_id = m.case_id
      cross join lateral json_array_elements_text(
        coalesce(e.details -> 'changed', '["title", "body_text", "body_html"]')
      ) as name
      where m.account_id = $1 and m.id = $2 and e.kind in ('comment_edited', 'comment_redacted')
        and e.details ->> 'comment_id' = $2::text and (e.details ->> 'comment_version')::int > $3
      order by name`,
    values: [accountId, commentId, sinceVersion],
  });
  return rows.map(({ name }) => name);
}
