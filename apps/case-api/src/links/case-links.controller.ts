import { Inject, Param, Query } from '@nestjs/common';
import { listCaseLinks, loadCaseLink } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { caseAt } from '../cases/case-at.js';
import { CASE_ID } from '../cases/case-name.js';
import { notFound } from '../http/problem.js';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute, ReadRoute } from '../routes/routes.js';
import { LINK_ID } from './link-writes.controller.js';
import { LinkListResource, LinkResource, linkResourceOf } from './link.resource.js';

/** What a case is tied to; cases that were purged are no longer among them. */
@ResourceController('v1/cases', { tag: 'links', scope: 'cases:read' })
export class CaseLinksController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute(':id/links', {
    operationId: 'listCaseLinks',
    summary: 'Links of a case to others, oldest first',
    parameters: [CASE_ID],
    answer: LinkListResource,
  })
  async list(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<LinkResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list: 'links',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [afterId = null]) => listCaseLinks(this.pool, accountId, caseId, { limit, afterId }),
      positionOf: (row) => [row.id],
      resourceOf: linkResourceOf,
    });
  }

  @ReadRoute(':id/links/:link_id', {
    operationId: 'getCaseLink',
    summary: 'One link of a case',
    parameters: [CASE_ID, LINK_ID],
    answer: LinkResource,
  })
  async get(
    @Param('id') id: string,
    @Param('link_id') linkId: string,
    @Exchange() exchange: Exchange,
  ): Promise<LinkResource> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    const view = isUuid(linkId) ? await loadCaseLink(this.pool, accountId, caseId, linkId) : null;
    if (view === null) {
      throw notFound('The link');
    }
    return linkResourceOf(view);
  }
}
