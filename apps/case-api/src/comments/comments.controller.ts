import { Inject, Param } from '@nestjs/common';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { commentAnswer } from './comment-answer.js';
import { CommentResource } from './comment.resource.js';

/** What people write in cases. */
@ResourceController('v1', { tag: 'comments', scope: 'cases:read' })
export class CommentsController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @ReadRoute('comments/:id', {
    operationId: 'getComment',
    summary: 'One comment',
    parameters: [{ name: 'id', format: 'uuid' }],
    answer: CommentResource,
  })
  get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<CommentResource> {
    return commentAnswer(this.pool, principal.accountId, id);
  }
}
