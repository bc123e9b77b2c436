import { Inject, Param } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { INTERACTION_ID, saidInteractionAt } from '../interactions/interaction-at.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { displayOf } from './display-of.js';
import { DisplayResource } from './display.resource.js';
import { SANITISER, type Sanitiser } from './sanitiser.js';

/** What came in, made safe to be shown. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class DisplayController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(SANITISER) private readonly sanitiser: Sanitiser,
  ) {}

  @ReadRoute(':id/display', {
    operationId: 'getInteractionDisplay',
    summary: 'One interaction to be shown: its own words apart from quoted ones, its HTML sanitised',
    parameters: [INTERACTION_ID],
    answer: DisplayResource,
    problems: ['redacted'],
  })
  async get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<DisplayResource> {
    const { interaction } = await saidInteractionAt(this.pool, principal, id);
    return displayOf(interaction, { blobs: this.blobs, sanitiser: this.sanitiser });
  }
}
