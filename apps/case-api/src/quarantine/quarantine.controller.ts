import { Body, Inject, Param, Query } from '@nestjs/common';
import type { ApiBodyOptions, ApiParamOptions } from '@nestjs/swagger';
import { LEDGER, type LedgerDependencies, settle } from '#libs/case-ledger';
import { listSuspended, loadSuspended } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { isUuid } from '#libs/interaction';
import type { Principal } from '../access/principal.js';
import { notFound, ProblemException } from '../http/problem.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CommandRoute, ListRoute } from '../routes/routes.js';
import { QUARANTINE_FILTERS, readDecisionReason, readQuarantineQuery } from './quarantine-query.js';
import { SuspendedListResource, SuspendedResource, suspendedResourceOf } from './quarantine.resource.js';

const SUSPENDED_ID: ApiParamOptions = { name: 'id', format: 'uuid' };

const reasonBody = (required: string[]): ApiBodyOptions => ({
  required: required.length > 0,
  schema: {
    type: 'object',
    additionalProperties: false,
    required,
    properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
  },
});

/** Interactions that wait for a person. Whoever decides first decides; the same decision again changes nothing. */
@ResourceController('v1/quarantine', { tag: 'quarantine', scope: ['ops:read', 'cases:read'] })
export class QuarantineController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: LedgerDependencies,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listQuarantine',
    summary: 'What waits for a person, newest first',
    query: QUARANTINE_FILTERS,
    answer: SuspendedListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<SuspendedResource>> {
    const { accountId } = exchange.principal;
    const { filter, page } = readQuarantineQuery(query);
    return this.pages.read(exchange, {
      list: 'quarantine',
      filter,
      page,
      load: (limit, [suspendedAt, interactionId]) => {
        const before = suspendedAt === undefined || interactionId === undefined ? null : { suspendedAt, interactionId };
        return listSuspended(this.pool, accountId, filter, { limit, before });
      },
      positionOf: (row) => [row.suspendedAt.toISOString(), row.interaction.id],
      resourceOf: suspendedResourceOf,
    });
  }

  @CommandRoute(':id/release', {
    operationId: 'releaseFromQuarantine',
    summary: 'Lets an interaction go on as if it had never waited',
    scope: ['ops:write', 'cases:write'],
    parameters: [SUSPENDED_ID],
    body: reasonBody([]),
    answer: SuspendedResource,
    problems: ['already-settled'],
  })
  release(
    @Param('id') id: string,
    @Body() body: unknown,
    @Exchange() { principal }: Exchange,
  ): Promise<SuspendedResource> {
    return this.settle(principal, id, 'released', readDecisionReason(body, false));
  }

  @CommandRoute(':id/reject', {
    operationId: 'rejectFromQuarantine',
    summary: 'Puts an interaction aside for good; it is kept',
    scope: ['ops:write', 'cases:write'],
    parameters: [SUSPENDED_ID],
    body: reasonBody(['reason']),
    answer: SuspendedResource,
    problems: ['already-settled'],
  })
  reject(
    @Param('id') id: string,
    @Body() body: unknown,
    @Exchange() { principal }: Exchange,
  ): Promise<SuspendedResource> {
    return this.settle(principal, id, 'rejected', readDecisionReason(body, true));
  }

  private async settle(
    { accountId, clientName }: Principal,
    id: string,
    state: 'released' | 'rejected',
    note: string | null,
  ): Promise<SuspendedResource> {
    if (!isUuid(id)) {
      throw notFound('The interaction in quarantine');
    }
    const interactionId = id.toLowerCase();
    const word = { change: state, by: clientName, note };
    await settle(this.ledger, [{ accountId, inputs: [{ kind: 'verdict', interactionId, word }] }]);
    const view = await loadSuspended(this.pool, accountId, interactionId);
    if (view === null) {
      throw notFound('The interaction in quarantine');
    }
    if (view.state !== state) {
      throw new ProblemException({ code: 'already-settled', detail: `The interaction was ${view.state} before.` });
    }
    return suspendedResourceOf(view);
  }
}
