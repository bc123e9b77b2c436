import { Inject, Param, Query } from '@nestjs/common';
import { listCaseAttachments } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { UploadListResource, type UploadResource, uploadResourceOf } from '../attachments/attachment.resource.js';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute } from '../routes/routes.js';
import { caseAt } from './case-at.js';
import { CASE_ID } from './case-name.js';

/** Files of a case: those that people attached to it and to its comments. */
@ResourceController('v1/cases', { tag: 'attachments', scope: 'cases:read' })
export class CaseAttachmentsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute(':id/attachments', {
    operationId: 'listCaseAttachments',
    summary: 'Files that people attached to a case and to its comments, oldest first',
    parameters: [CASE_ID],
    answer: UploadListResource,
  })
  async list(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<UploadResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'attachments',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [attachedAt, afterId]) => {
        const after = attachedAt === undefined || afterId === undefined ? null : { attachedAt, id: afterId };
        return listCaseAttachments(this.pool, accountId, caseId, { limit, after });
      },
      positionOf: (row) => [row.attachedAt?.toISOString() ?? '', row.id],
      resourceOf: uploadResourceOf,
    });
  }
}
