import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { listSuspended, loadSuspended, rejectSuspended, releaseSuspended } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { CURSOR_SECRET } from '../config.js';
import { ApiPage, ApiProblems, ApiQuarantineFilters } from '../routes/describe-problems.js';
import { pageOf, type Page } from '../routes/pages.js';
import { notFound, ProblemException } from '../http/problem.js';
import { positionOf } from '../query/page-query.js';
import { readDecisionReason, readQuarantineQuery } from './quarantine-query.js';
import { isUuid, type RawQuery } from '../query/query-reader.js';
import { SuspendedListResource, SuspendedResource, suspendedResourceOf } from './quarantine.resource.js';

const reasonBody = (required: string[]) => ({
  required: required.length > 0,
  schema: {
    type: 'object',
    additionalProperties: false,
    required,
    properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
  },
});

/** Interactions that wait for a person. Whoever decides first decides; the same decision again changes nothing. */
@ApiTags('quarantine')
@ApiBearerAuth('api-key')
@RequiredScope('cases:read')
@UseGuards(ApiKeyGuard)
@Controller('v1/quarantine')
export class QuarantineController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CURSOR_SECRET) private readonly secret: Buffer,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listQuarantine', summary: 'What waits for a person, newest first' })
  @ApiQuarantineFilters()
  @ApiPage()
  @ApiOkResponse({ type: SuspendedListResource })
  @ApiProblems(400, 401, 403, 422)
  async list(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<SuspendedResource>> {
    const { accountId } = principalOf(request);
    const { filter, page } = readQuarantineQuery(query);
    const binding = { accountId, list: 'quarantine', filter };
    const [suspendedAt, interactionId] = positionOf(this.secret, binding, page) ?? [];
    const before = suspendedAt === undefined || interactionId === undefined ? null : { suspendedAt, interactionId };
    const rows = await listSuspended(this.pool, accountId, filter, { limit: page.limit + 1, before });
    return pageOf({
      rows,
      binding,
      reply,
      limit: page.limit,
      secret: this.secret,
      url: request.url,
      positionOf: (row) => [row.suspendedAt.toISOString(), row.interaction.id],
      resourceOf: suspendedResourceOf,
    });
  }

  @Post(':id/release')
  @HttpCode(200)
  @RequiredScope('cases:write')
  @ApiOperation({
    operationId: 'releaseFromQuarantine',
    summary: 'Lets an interaction go on as if it had never waited',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody(reasonBody([]))
  @ApiOkResponse({ type: SuspendedResource })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422)
  release(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<SuspendedResource> {
    return this.settle(request, id, 'released', readDecisionReason(body, false));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @RequiredScope('cases:write')
  @ApiOperation({ operationId: 'rejectFromQuarantine', summary: 'Puts an interaction aside for good; it is kept' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody(reasonBody(['reason']))
  @ApiOkResponse({ type: SuspendedResource })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422)
  reject(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<SuspendedResource> {
    return this.settle(request, id, 'rejected', readDecisionReason(body, true));
  }

  private async settle(
    request: FastifyRequest,
    id: string,
    state: 'released' | 'rejected',
    note: string | null,
  ): Promise<SuspendedResource> {
    const { accountId, keyName } = principalOf(request);
    if (!isUuid(id)) {
      throw notFound('The interaction in quarantine');
    }
    const decide = state === 'released' ? releaseSuspended : rejectSuspended;
    await decide(this.pool, accountId, id.toLowerCase(), { by: keyName, note, at: new Date().toISOString() });
    const view = await loadSuspended(this.pool, accountId, id);
    if (view === null) {
      throw notFound('The interaction in quarantine');
    }
    if (view.state !== state) {
      throw new ProblemException({ code: 'already-settled', detail: `The interaction was ${view.state} before.` });
    }
    return suspendedResourceOf(view);
  }
}
