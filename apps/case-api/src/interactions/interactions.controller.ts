import { Controller, Get, Inject, Param, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { loadInteraction } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { ApiProblems } from '../routes/describe-problems.js';
import { notFound } from '../http/problem.js';
import { isUuid } from '../query/query-reader.js';
import { interactionDetailOf } from './interaction-resource-of.js';
import { InteractionDetailResource } from './interaction.resource.js';

/** What came in, whether or not it led to a case, and why. */
@ApiTags('interactions')
@ApiBearerAuth('api-key')
@RequiredScope('cases:read')
@UseGuards(ApiKeyGuard)
@Controller('v1/interactions')
export class InteractionsController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @Get(':id')
  @ApiOperation({ operationId: 'getInteraction', summary: 'One interaction with its decision and the evidence' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: InteractionDetailResource })
  @ApiProblems(401, 403, 404)
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<InteractionDetailResource> {
    const { accountId } = principalOf(request);
    const view = isUuid(id) ? await loadInteraction(this.pool, accountId, id) : null;
    if (view === null) {
      throw notFound('The interaction');
    }
    return interactionDetailOf(view);
  }
}
