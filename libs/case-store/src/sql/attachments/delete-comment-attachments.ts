import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Takes the files of comments away and returns their ids; a timer deletes bytes that nothing else refers to. */
export async function deleteCommentAttachments(
  client: Queryable,
  accountId: string,
  commentIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'delete_comment_attachments',
    text: 'delete from attachment where account_id = $1 and comment_id = any ($2::uuid[]) returning id',
    values: [accountId, plainArray(commentIds)],
  });
  return rows.map(({ id }) => id);
}
