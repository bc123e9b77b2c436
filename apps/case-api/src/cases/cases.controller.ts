import { Inject, Param, Query } from '@nestjs/common';
import {
  listCaseEvents,
  listCaseInteractions,
  listCases,
  loadCase,
  loadSurvivor,
  type CaseView,
} from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { entityTag, namesEntityTag } from '../http/entity-tag.js';
import { notFound } from '../http/problem.js';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionListResource, type InteractionResource } from '../interactions/interaction.resource.js';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute, ReadRoute } from '../routes/routes.js';
import { caseEventResourceOf, CaseEventListResource, type CaseEventResource } from './case-event.resource.js';
import { CASE_ID, readCaseName } from './case-name.js';
import { CASE_FILTERS, readCaseQuery } from './case-query.js';
import {
  CaseDetailResource,
  caseDetailOf,
  CaseListResource,
  caseResourceOf,
  type CaseResource,
} from './case.resource.js';

/** Cases, their histories and what was said in them. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:read' })
export class CasesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listCases',
    summary: 'Cases, newest first',
    query: CASE_FILTERS,
    answer: CaseListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<CaseResource>> {
    const { accountId } = exchange.principal;
    const { filter, page } = readCaseQuery(query);
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
    headers: [{ name: 'If-None-Match', required: false, description: 'ETag of the version that you have.' }],
    answer: {
      type: CaseDetailResource,
      headers: { ETag: { description: 'The version.', schema: { type: 'string' } } },
    },
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<CaseDetailResource | undefined> {
    const { request, reply } = exchange;
    const view = await this.caseOf(exchange, id);
    const tag = entityTag(view.state.version);
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (namesEntityTag(request.headers['if-none-match'], tag)) {
      void reply.code(304);
      return undefined;
    }
    const { accountId, id: caseId, mergedIntoId } = view.state;
    return caseDetailOf(view, mergedIntoId === null ? null : await loadSurvivor(this.pool, accountId, caseId));
  }

  @ListRoute(':id/events', {
    operationId: 'listCaseEvents',
    summary: 'History of a case, oldest first',
    parameters: [CASE_ID],
    answer: CaseEventListResource,
  })
  async events(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<CaseEventResource>> {
    const { accountId, id: caseId } = (await this.caseOf(exchange, id)).state;
    return this.pages.read(exchange, {
      list: 'events',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [seq = '0']) => {
        return listCaseEvents(this.pool, accountId, caseId, { limit, afterSeq: Number(seq) });
      },
      positionOf: (row) => [String(row.seq)],
      resourceOf: caseEventResourceOf,
    });
  }

  @ListRoute(':id/interactions', {
    operationId: 'listCaseInteractions',
    summary: 'What was said in a case, oldest first',
    parameters: [CASE_ID],
    answer: InteractionListResource,
  })
  async interactions(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<InteractionResource>> {
    const { accountId, id: caseId } = (await this.caseOf(exchange, id)).state;
    return this.pages.read(exchange, {
      list: 'interactions',
      filter: caseId,
      page: readPlainPageQuery(query),
      load: (limit, [occurredAt, afterId]) => {
        const after = occurredAt === undefined || afterId === undefined ? null : { occurredAt, id: afterId };
        return listCaseInteractions(this.pool, accountId, caseId, { limit, after });
      },
      positionOf: (row) => [row.occurredAt.toISOString(), row.interaction.id],
      resourceOf: interactionResourceOf,
    });
  }

  /** The case of a path, of the principal's account: any other does not exist. */
  private async caseOf({ principal }: Exchange, id: string): Promise<CaseView> {
    const view = await loadCase(this.pool, principal.accountId, readCaseName(id));
    if (view === null) {
      throw notFound('The case');
    }
    return view;
  }
}
