import { type CommentView, loadComments, type Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { entityTag } from '../http/entity-tag.js';
import { notFound } from '../http/problem.js';
import type { Answer } from '../writing/answer.js';
import { type CommentResource, commentResourceOf } from './comment.resource.js';

/** One comment. Throws 404 when the account has none of that id. */
export async function commentAt(client: Queryable, accountId: string, id: string): Promise<CommentView> {
  const [view] = isUuid(id) ? await loadComments(client, accountId, [id.toLowerCase()]) : [];
  if (view === undefined) {
    throw notFound('The comment');
  }
  return view;
}

/** A comment as what wrote it is answered: with its version, and found by its id when its text is taken away. */
export async function commentAnswer(client: Queryable, accountId: string, id: string): Promise<CommentAnswer> {
  const view = await commentAt(client, accountId, id);
  return {
    status: 200,
    headers: { etag: entityTag(view.version) },
    body: commentResourceOf(view),
    resourceId: view.id,
  };
}

interface CommentAnswer extends Answer {
  readonly body: CommentResource;
}
