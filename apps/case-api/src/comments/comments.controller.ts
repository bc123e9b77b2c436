import { Inject, Param } from '@nestjs/common';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { isKnownVersion, versioned } from '../routes/versions.js';
import { commentAt } from './comment-answer.js';
import { CommentResource, commentResourceOf } from './comment.resource.js';

/** What people write in cases. */
@ResourceController('v1', { tag: 'comments', scope: 'cases:read' })
export class CommentsController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @ReadRoute('comments/:id', {
    operationId: 'getComment',
    summary: 'One comment',
    parameters: [{ name: 'id', format: 'uuid' }],
    ...versioned(CommentResource),
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<CommentResource | undefined> {
    const view = await commentAt(this.pool, exchange.principal.accountId, id);
    return isKnownVersion(exchange, view.version) ? undefined : commentResourceOf(view);
  }
}
