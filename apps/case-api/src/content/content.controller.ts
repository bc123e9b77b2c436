import { Inject, Param, type StreamableFile } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import type { Interaction } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { ProblemException } from '../http/problem.js';
import { INTERACTION_ID, saidInteractionAt } from '../interactions/interaction-at.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { contentsOf, type StoredContent } from './contents-of.js';
import { serveContent, SERVED, SERVED_HEADERS } from './serve-content.js';

/** The bytes that came in: attachments, large bodies and the untouched original. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class ContentController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) readonly blobs: BlobStore,
    @Inject(LOGGER) readonly logger: Logger,
  ) {}

  @ReadRoute(':id/content/:sha256', {
    operationId: 'getInteractionContent',
    summary: 'Bytes that the interaction refers to: an attachment, a large body, the untouched original',
    description:
      'Always a download. What a browser might run, such as HTML and SVG, is sent as `application/octet-stream`.',
    parameters: [
      INTERACTION_ID,
      { name: 'sha256', description: 'As the interaction shows it: 64 hexadecimal digits.' },
    ],
    isConditional: true,
    headers: SERVED_HEADERS,
    answer: SERVED,
    problems: ['content-gone', 'redacted', 'range-not-satisfiable'],
  })
  @ApiResponse({ ...SERVED, status: 206, description: 'The range.' })
  async get(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Exchange() exchange: Exchange,
  ): Promise<StreamableFile | undefined> {
    const { interaction } = await saidInteractionAt(this.pool, exchange.principal, id);
    return serveContent(exchange, referencedContent(interaction, sha256), this);
  }
}

/** A digest alone opens nothing: what another account or another interaction stored is not there. */
function referencedContent(interaction: Interaction, sha256: string): StoredContent {
  const content = contentsOf(interaction).find((one) => one.sha256 === sha256);
  if (content === undefined) {
    throw new ProblemException({ code: 'not-found', detail: 'The interaction refers to no content of this digest.' });
  }
  return content;
}
