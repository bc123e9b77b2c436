import type { NewComment } from '#libs/case-domain';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

const TEXT = `
  insert into comment (account_id, id, case_id, author, on_behalf_of, public, title, body_text, body_html, mention_ids, created_at)
  select $1, id, case_id, author::json, on_behalf_of, public, title, body_text, body_html, mention_ids::uuid[], created_at
  from unnest(
    $2::uuid[], $3::uuid[], string_to_array($4, E'\\x1e'), $5::uuid[], $6::boolean[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::timestamptz[]
  ) as given (id, case_id, author, on_behalf_of, public, title, body_text, body_html, mention_ids, created_at)`;

/** Writes what was said in cases. */
export async function insertComments(
  client: Queryable,
  accountId: string,
  comments: readonly NewComment[],
): Promise<void> {
  await client.query({
    name: 'insert_comments',
    text: TEXT,
    values: [
      accountId,
      plainArray(comments.map(({ id }) => id)),
      plainArray(comments.map(({ caseId }) => caseId)),
      joinedJson(comments.map(({ author }) => JSON.stringify(author))),
      plainArray(comments.map(({ onBehalfOf }) => onBehalfOf)),
      plainArray(comments.map((comment) => comment.public)),
      textArray(comments.map(({ title }) => title)),
      textArray(comments.map(({ bodyText }) => bodyText)),
      textArray(comments.map(({ bodyHtml }) => bodyHtml)),
      textArray(comments.map(({ mentionIds }) => plainArray(mentionIds))),
      plainArray(comments.map(({ at }) => at)),
    ],
  });
}
