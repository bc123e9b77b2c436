import { Inject, Param, Query } from '@nestjs/common';
import type { ApiBodyOptions, ApiParamOptions } from '@nestjs/swagger';
import { listSuspended, loadSuspended, type Queryable } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { isUuid } from '#libs/interaction';
import { notFound, ProblemException } from '../http/problem.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CommandRoute, ListRoute } from '../routes/routes.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
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
    @Inject(Writes) private readonly writes: Writes,
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
  release(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.settle(exchange, id, 'released');
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
  reject(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.settle(exchange, id, 'rejected');
  }

  /** Verdict, decision and the answer for repetitions are one transaction. */
  private async settle(exchange: Exchange, id: string, state: 'released' | 'rejected'): Promise<string | undefined> {
    const { accountId, clientName } = exchange.principal;
    const interactionId = id.toLowerCase();
    const body = await this.writes.readBody(exchange);
    return this.writes.settled(exchange, body, {
      inputsOf: () => {
        if (!isUuid(id)) {
          throw notFound('The interaction in quarantine');
        }
        const note = readDecisionReason(body.value, state === 'rejected');
        return [{ kind: 'verdict', interactionId, word: { change: state, by: clientName, note } }];
      },
      answerOf: (client) => outcomeOf(client, accountId, interactionId, state),
    });
  }
}

async function outcomeOf(client: Queryable, accountId: string, id: string, state: string): Promise<Answer> {
  const view = await loadSuspended(client, accountId, id);
  if (view === null) {
    throw notFound('The interaction in quarantine');
  }
  if (view.state !== state) {
    throw new ProblemException({ code: 'already-settled', detail: `The interaction was ${view.state} before.` });
  }
  return { status: 200, headers: {}, body: suspendedResourceOf(view) };
}
