import { Inject, Param } from '@nestjs/common';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { INTERACTION_ID, interactionAt } from './interaction-at.js';
import { interactionDetailOf } from './interaction-resource-of.js';
import { InteractionDetailResource } from './interaction.resource.js';

/** What came in, whether or not it led to a case, and why. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class InteractionsController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @ReadRoute(':id', {
    operationId: 'getInteraction',
    summary: 'One interaction with its decision and the evidence',
    parameters: [INTERACTION_ID],
    answer: InteractionDetailResource,
  })
  async get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<InteractionDetailResource> {
    return interactionDetailOf(await interactionAt(this.pool, principal, id), new Date());
  }
}
