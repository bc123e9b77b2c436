import { loadComments, type Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { notFound } from '../http/problem.js';
import { type CommentResource, commentResourceOf } from './comment.resource.js';

/** One comment as it is answered. Throws 404 when the account has none of that id. */
export async function commentAnswer(client: Queryable, accountId: string, id: string): Promise<CommentResource> {
  const [view] = isUuid(id) ? await loadComments(client, accountId, [id.toLowerCase()]) : [];
  if (view === undefined) {
    throw notFound('The comment');
  }
  return commentResourceOf(view);
}
