import { Inject, Param, type StreamableFile } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { INTERACTION_ID, saidInteractionAt } from '../interactions/interaction-at.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { IssueRoute, ReadRoute } from '../routes/routes.js';
import { ContentLinkResource } from './content-link.resource.js';
import { ContentLinks } from './content-links.js';
import { referencedContent } from './contents-of.js';
import { serveContent, SERVED, SERVED_HEADERS } from './serve-content.js';

const SHA256 = { name: 'sha256', description: 'As the interaction shows it: 64 hexadecimal digits.' };

/** The bytes that came in: attachments, large bodies and the untouched original. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class ContentController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) readonly blobs: BlobStore,
    @Inject(LOGGER) readonly logger: Logger,
    @Inject(ContentLinks) private readonly links: ContentLinks,
  ) {}

  @ReadRoute(':id/content/:sha256', {
    operationId: 'getInteractionContent',
    summary: 'Bytes that the interaction refers to: an attachment, a large body, the untouched original',
    description:
      'A download; sounds alone are shown in place. What a browser might run, such as HTML and SVG, is sent as ' +
      '`application/octet-stream`.',
    parameters: [INTERACTION_ID, SHA256],
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

  @IssueRoute(':id/content/:sha256/link', {
    operationId: 'createContentLink',
    summary: 'An address of these bytes for a player, which cannot send a key',
    description:
      'Whoever has it gets this one content, or ranges of it, by `GET` and `HEAD` for ten minutes, and nothing else. It ' +
      'ends at once when the interaction is redacted.',
    parameters: [INTERACTION_ID, SHA256],
    answer: ContentLinkResource,
    problems: ['redacted'],
  })
  async link(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Exchange() { principal, reply }: Exchange,
  ): Promise<ContentLinkResource> {
    const { interaction } = await saidInteractionAt(this.pool, principal, id);
    const { accountId } = principal;
    const content = referencedContent(interaction, sha256);
    const { token, expiresAt } = this.links.write({ accountId, interactionId: interaction.id, sha256: content.sha256 });
    void reply.header('cache-control', 'no-store');
    return { url: `/v1/content-links/${token}`, expires_at: expiresAt.toISOString() };
  }
}
