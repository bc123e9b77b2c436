import { Controller, Get, Inject, Param, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import { ProblemException } from '../http/problem.js';
import { saidInteractionAt } from '../interactions/interaction-at.js';
import { ContentLinks } from './content-links.js';
import { referencedContent } from './contents-of.js';
import { serveContent } from './serve-content.js';

/**
 * Where the addresses of `createContentLink` lead, for whoever has one: no key is asked for. It stands in no description,
 * since nobody makes such an address up.
 */
@Controller('v1/content-links')
export class LinkedContentController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ContentLinks) private readonly links: ContentLinks,
  ) {}

  /** What was redacted since is gone, whoever has its address. */
  @Get(':content/:signature')
  async get(
    @Param('content') signed: string,
    @Param('signature') signature: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const linked = this.links.read(`${signed}/${signature}`);
    if (linked === null) {
      throw new ProblemException({ code: 'not-found', detail: 'The address is not valid, or not any more.' });
    }
    const { interaction } = await saidInteractionAt(this.pool, linked, linked.interactionId);
    const content = referencedContent(interaction, linked.sha256);
    // Nothing keeps it for longer than the address would have opened it.
    return serveContent({ request, reply }, content, { blobs: this.blobs, logger: this.logger, isLinked: true });
  }
}
