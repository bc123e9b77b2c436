import { Inject, Param, Query } from '@nestjs/common';
import { listCases, loadCaseFields, positionOf, searchCases, settledUntil } from '#libs/case-store';
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
import { narrowByNames, UNKNOWN_NAMES } from './case-query-names.js';
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
    summary: 'Cases, newest first unless told',
    query: [...CASE_FILTERS, CUSTOM_FIELD_FILTER],
    answer: CaseListResource,
    problems: UNKNOWN_NAMES,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<CaseResource>> {
    const { accountId } = exchange.principal;
    // Seldom asked for, and only then looked up.
    const fields = customParameters(query).length === 0 ? [] : await loadCaseFields(this.pool, accountId);
    const { asked, reader } = readCaseQuery(query, fields);
    const { names, search, sort, page } = asked;
    const narrowed = await narrowByNames(this.pool, accountId, names, reader);
    reader.finish();
    const filter = { ...asked.filter, ...narrowed };
    // Before the rows are read: what is committed meanwhile has a later instant.
    const until = sort === 'updated_at' ? await settledUntil(this.pool) : null;
    return this.pages.read(exchange, {
      list: 'cases',
      filter: [asked.filter, names, search, sort],
      page,
      load: (limit, position) => {
        const wanted = { sort, limit, position };
        return search === null
          ? listCases(this.pool, accountId, filter, wanted)
          : searchCases(this.pool, accountId, { filter, search }, wanted);
      },
      positionOf: ({ state }) => positionOf(sort, state),
      isSettled: ({ state }) => until === null || state.updatedAt < until,
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
