import { Inject, Param, Query } from '@nestjs/common';
import { listCases, loadCaseFields } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute, ReadRoute } from '../routes/routes.js';
import { isKnownVersion, versioned } from '../routes/versions.js';
import { caseAt } from './case-at.js';
import { loadCaseDetails } from './case-details.js';
import { CASE_ID } from './case-name.js';
import { CASE_FILTERS, readCaseQuery } from './case-query.js';
import { CUSTOM_FIELD_FILTER, customParameters } from './custom-field-query.js';
import {
  CaseDetailResource,
  caseDetailOf,
  CaseListResource,
  caseResourceOf,
  type CaseResource,
} from './case.resource.js';

/** Cases. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:read' })
export class CasesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listCases',
    summary: 'Cases, newest first',
    query: [...CASE_FILTERS, CUSTOM_FIELD_FILTER],
    answer: CaseListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<CaseResource>> {
    const { accountId } = exchange.principal;
    // Seldom asked for, and only then looked up.
    const fields = customParameters(query).length === 0 ? [] : await loadCaseFields(this.pool, accountId);
    const { filter, page } = readCaseQuery(query, fields);
    return this.pages.read(exchange, {
      list: 'cases',
      filter,
      page,
      load: (limit, [beforeId = null]) => listCases(this.pool, accountId, filter, { limit, beforeId }),
      positionOf: (row) => [row.state.id],
      resourceOf: caseResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getCase',
    summary: 'One case, by its id or as `number:123`',
    parameters: [CASE_ID],
    ...versioned(CaseDetailResource),
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<CaseDetailResource | undefined> {
    const view = await caseAt(this.pool, exchange.principal, id);
    if (isKnownVersion(exchange, view.state.version)) {
      return undefined;
    }
    return caseDetailOf(view, await loadCaseDetails(this.pool, view, new Date().toISOString()));
  }
}
