import { Inject, Param, Query } from '@nestjs/common';
import { type CaseFilter, listCases, positionOf } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute } from '../routes/routes.js';
import { caseAt } from './case-at.js';
import { CASE_ID } from './case-name.js';
import { CaseListResource, caseResourceOf, type CaseResource } from './case.resource.js';

const SORT = '-created_at';

/** Cases that belong to another one: newest first, page by page, without those in the trash. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:read' })
export class CaseRelativesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute(':id/incidents', {
    operationId: 'listCaseIncidents',
    summary: 'Incidents of a problem, newest first',
    parameters: [CASE_ID],
    answer: CaseListResource,
  })
  incidents(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<CaseResource>> {
    return this.list(exchange, query, id, 'incidents', (caseId) => ({ problemIds: [caseId] }));
  }

  @ListRoute(':id/subcases', {
    operationId: 'listCaseSubcases',
    summary: 'Subcases of a case, newest first',
    parameters: [CASE_ID],
    answer: CaseListResource,
  })
  subcases(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<CaseResource>> {
    return this.list(exchange, query, id, 'subcases', (caseId) => ({ parentIds: [caseId] }));
  }

  private async list(
    exchange: Exchange,
    query: RawQuery,
    id: string,
    list: string,
    filterOf: (caseId: string) => CaseFilter,
  ): Promise<Page<CaseResource>> {
    const { accountId, id: caseId } = (await caseAt(this.pool, exchange.principal, id)).state;
    return this.pages.read(exchange, {
      list,
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, position) => listCases(this.pool, accountId, filterOf(caseId), { sort: SORT, limit, position }),
      positionOf: ({ state }) => positionOf(SORT, state),
      resourceOf: caseResourceOf,
    });
  }
}
