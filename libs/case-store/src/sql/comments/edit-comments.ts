import type { CommentEdit } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Writes what comments say from now on. The caller holds the locks of their cases. */
export async function editComments(client: Queryable, accountId: string, edits: readonly CommentEdit[]): Promise<void> {
  await client.query({
    name: 'edit_comments',
    text: `
      update comment m
      set title = given.title, body_text = given.body_text, body_html = given.body_html, edited_at = given.edited_at,
        version = m.version + 1
      from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        as given (id, title, body_text, body_html, edited_at)
      where m.account_id = $1 and m.id = given.id`,
    values: [
      accountId,
      plainArray(edits.map(({ id }) => id)),
      textArray(edits.map(({ title }) => title)),
      textArray(edits.map(({ bodyText }) => bodyText)),
      textArray(edits.map(({ bodyHtml }) => bodyHtml)),
      plainArray(edits.map(({ at }) => at)),
    ],
  });
}
