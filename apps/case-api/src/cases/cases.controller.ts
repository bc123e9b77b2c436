import { Controller, Get, Inject, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { POOL } from '#libs/postgres';
import {
  listCaseEvents,
  listCaseInteractions,
  listCases,
  loadCase,
  loadSurvivor,
  type CaseView,
} from '#libs/case-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { CURSOR_SECRET } from '../config.js';
import { ApiCaseFilters, ApiCaseId, ApiPage, ApiProblems } from '../routes/describe-problems.js';
import { entityTag, namesEntityTag } from '../http/entity-tag.js';
import { pageOf, type Page } from '../routes/pages.js';
import { notFound } from '../http/problem.js';
import { readCaseName } from './case-name.js';
import { readCaseQuery } from './case-query.js';
import { PAGE_PARAMETERS, positionOf, readPageQuery, type PageQuery } from '../query/page-query.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { caseEventResourceOf, CaseEventListResource, type CaseEventResource } from './case-event.resource.js';
import { caseDetailOf, caseResourceOf } from '../resources/case-resource-of.js';
import { CaseDetailResource, CaseListResource, type CaseResource } from './case.resource.js';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionListResource, type InteractionResource } from '../interactions/interaction.resource.js';

/** Cases, their histories and what was said in them. */
@ApiTags('cases')
@ApiBearerAuth('api-key')
@RequiredScope('cases:read')
@UseGuards(ApiKeyGuard)
@Controller('v1/cases')
export class CasesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CURSOR_SECRET) private readonly secret: Buffer,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCases', summary: 'Cases, newest first' })
  @ApiCaseFilters()
  @ApiPage()
  @ApiOkResponse({ type: CaseListResource })
  @ApiProblems(400, 401, 403, 422)
  async list(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<CaseResource>> {
    const { accountId } = principalOf(request);
    const { filter, page } = readCaseQuery(query);
    const binding = { accountId, list: 'cases', filter };
    const beforeId = positionOf(this.secret, binding, page)?.[0] ?? null;
    const rows = await listCases(this.pool, accountId, filter, { limit: page.limit + 1, beforeId });
    return pageOf({
      rows,
      binding,
      reply,
      limit: page.limit,
      secret: this.secret,
      url: request.url,
      positionOf: (row) => [row.state.id],
      resourceOf: caseResourceOf,
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getCase', summary: 'One case, by its id or as `number:123`' })
  @ApiCaseId()
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of the version that you have.' })
  @ApiOkResponse({
    type: CaseDetailResource,
    headers: { ETag: { description: 'The version.', schema: { type: 'string' } } },
  })
  @ApiProblems(401, 403, 404)
  async get(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseDetailResource | undefined> {
    const view = await this.caseOf(request, id);
    const tag = entityTag(view.state.version);
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (namesEntityTag(request.headers['if-none-match'], tag)) {
      void reply.code(304);
      return undefined;
    }
    const { accountId, id: caseId, mergedIntoId } = view.state;
    return caseDetailOf(view, mergedIntoId === null ? null : await loadSurvivor(this.pool, accountId, caseId));
  }

  @Get(':id/events')
  @ApiOperation({ operationId: 'listCaseEvents', summary: 'History of a case, oldest first' })
  @ApiCaseId()
  @ApiPage()
  @ApiOkResponse({ type: CaseEventListResource })
  @ApiProblems(400, 401, 403, 404, 422)
  async events(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<CaseEventResource>> {
    const { accountId, id: caseId } = (await this.caseOf(request, id)).state;
    const page = pageQueryOf(query);
    const binding = { accountId, list: 'events', filter: caseId };
    const afterSeq = Number(positionOf(this.secret, binding, page)?.[0] ?? 0);
    const rows = await listCaseEvents(this.pool, accountId, caseId, { limit: page.limit + 1, afterSeq });
    return pageOf({
      rows,
      binding,
      reply,
      limit: page.limit,
      secret: this.secret,
      url: request.url,
      positionOf: (row) => [String(row.seq)],
      resourceOf: caseEventResourceOf,
    });
  }

  @Get(':id/interactions')
  @ApiOperation({ operationId: 'listCaseInteractions', summary: 'What was said in a case, oldest first' })
  @ApiCaseId()
  @ApiPage()
  @ApiOkResponse({ type: InteractionListResource })
  @ApiProblems(400, 401, 403, 404, 422)
  async interactions(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<InteractionResource>> {
    const { accountId, id: caseId } = (await this.caseOf(request, id)).state;
    const page = pageQueryOf(query);
    const binding = { accountId, list: 'interactions', filter: caseId };
    const [occurredAt, afterId] = positionOf(this.secret, binding, page) ?? [];
    const after = occurredAt === undefined || afterId === undefined ? null : { occurredAt, id: afterId };
    const rows = await listCaseInteractions(this.pool, accountId, caseId, { limit: page.limit + 1, after });
    return pageOf({
      rows,
      binding,
      reply,
      limit: page.limit,
      secret: this.secret,
      url: request.url,
      positionOf: (row) => [row.occurredAt.toISOString(), row.interaction.id],
      resourceOf: interactionResourceOf,
    });
  }

  /** The case of a path, of the principal's account: any other does not exist. */
  private async caseOf(request: FastifyRequest, id: string): Promise<CaseView> {
    const view = await loadCase(this.pool, principalOf(request).accountId, readCaseName(id));
    if (view === null) {
      throw notFound('The case');
    }
    return view;
  }
}

function pageQueryOf(query: RawQuery): PageQuery {
  const reader = createQueryReader(query, PAGE_PARAMETERS);
  const page = readPageQuery(reader);
  reader.finish();
  return page;
}
