import { Controller, Get, Inject, Param, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { loadInteraction } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { ApiProblems } from '../routes/describe-problems.js';
import { notFound } from '../http/problem.js';
import { isUuid } from '../query/query-reader.js';
import { displayOf } from './display-of.js';
import { DisplayResource } from './display.resource.js';
import { SANITISER } from './sanitiser.provider.js';
import type { Sanitiser } from './sanitiser.js';

/** What came in, made safe to be shown. */
@ApiTags('interactions')
@ApiBearerAuth('api-key')
@RequiredScope('cases:read')
@UseGuards(ApiKeyGuard)
@Controller('v1/interactions')
export class DisplayController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(SANITISER) private readonly sanitiser: Sanitiser,
  ) {}

  @Get(':id/display')
  @ApiOperation({
    operationId: 'getInteractionDisplay',
    summary: 'One interaction to be shown: its own words apart from quoted ones, its HTML sanitised',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DisplayResource })
  @ApiProblems(401, 403, 404)
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<DisplayResource> {
    const { accountId } = principalOf(request);
    const view = isUuid(id) ? await loadInteraction(this.pool, accountId, id) : null;
    if (view === null) {
      throw notFound('The interaction');
    }
    return displayOf(view.interaction, { blobs: this.blobs, sanitiser: this.sanitiser });
  }
}
