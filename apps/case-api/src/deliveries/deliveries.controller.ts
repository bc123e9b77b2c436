import { Inject, Param, Query } from '@nestjs/common';
import type { ApiParamOptions } from '@nestjs/swagger';
import type { KnownAgents } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { type DeliveryDetail, listDeliveries, loadDelivery, noteReplay, type Queryable } from '#libs/case-store';
import { isUuid, newId } from '#libs/interaction';
import { notFound, ProblemException } from '../http/problem.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CommandRoute, ListRoute, ReadRoute } from '../routes/routes.js';
import { Writes } from '../writing/writes.js';
import { DELIVERY_FILTERS, readDeliveryQuery } from './delivery-query.js';
import {
  DeliveryDetailResource,
  deliveryDetailOf,
  DeliveryListResource,
  DeliveryReplayResource,
  DeliveryResource,
  deliveryResourceOf,
} from './delivery.resource.js';
import { FactReplays } from './fact-replays.js';

const DELIVERY_ID: ApiParamOptions = { name: 'id', format: 'uuid' };

/** What came to the connections of the telephone, what became of it, and why. */
@ResourceController('v1/deliveries', { tag: 'deliveries', scope: 'deliveries:read' })
export class DeliveriesController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(FactReplays) private readonly replays: FactReplays,
  ) {}

  @ListRoute('', {
    operationId: 'listDeliveries',
    summary: 'Requests to connections, newest first',
    query: DELIVERY_FILTERS,
    answer: DeliveryListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<DeliveryResource>> {
    const { accountId } = exchange.principal;
    const { filter, page } = readDeliveryQuery(query);
    const agents = await this.agentsOf(accountId);
    return this.pages.read(exchange, {
      list: 'deliveries',
      filter,
      page,
      load: (limit, [before = null]) => listDeliveries(this.ledger.pool, accountId, filter, { limit, before }),
      positionOf: ({ id }) => [id],
      resourceOf: (view) => deliveryResourceOf(view, agents),
    });
  }

  @ReadRoute(':id', {
    operationId: 'getDelivery',
    summary: 'One request with what it said',
    parameters: [DELIVERY_ID],
    answer: DeliveryDetailResource,
  })
  async get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<DeliveryDetailResource> {
    const { accountId } = principal;
    return deliveryDetailOf(await deliveryAt(this.ledger.pool, accountId, id), await this.agentsOf(accountId));
  }

  @CommandRoute(':id/replay', {
    operationId: 'replayDelivery',
    summary: 'Publishes what it told again, under the same fact ids',
    description:
      'What was only recorded, because of lines and accounts as they were set up then, is decided anew; a case that is ' +
      'there stays the one case.',
    scope: 'deliveries:replay',
    parameters: [DELIVERY_ID],
    answer: DeliveryReplayResource,
    problems: ['not-replayable', 'redacted'],
  })
  async replay(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.inTransaction(exchange, body, async (client) => {
      const delivery = await deliveryAt(client, accountId, id);
      checkReplayable(delivery);
      await noteReplay(client, accountId, delivery.id);
      await this.replays.publish(delivery.facts, newId());
      const interactionIds = delivery.interactions.map((one) => one.id);
      const answer = { delivery_id: delivery.id, facts: delivery.facts.length, interaction_ids: interactionIds };
      return { status: 200, headers: {}, body: answer };
    });
  }

  private async agentsOf(accountId: string): Promise<KnownAgents> {
    const setup = await this.ledger.directory.find(this.ledger.pool, accountId);
    return setup ?? { agents: new Map(), agentsById: new Map() };
  }
}

async function deliveryAt(client: Queryable, accountId: string, id: string): Promise<DeliveryDetail> {
  const found = isUuid(id) ? await loadDelivery(client, accountId, id) : null;
  if (found === null) {
    throw notFound('The delivery');
  }
  return found;
}

function checkReplayable({ facts, verdict, redactedAt }: DeliveryDetail): void {
  if (redactedAt !== null) {
    const detail = 'What the request told was taken away for good.';
    throw new ProblemException({ code: 'redacted', detail, members: { redacted_at: redactedAt.toISOString() } });
  }
  if (facts.length === 0) {
    const detail =
      verdict === 'verified'
        ? 'The request told nothing that can be published.'
        : `The request was not taken: it is ${verdict}.`;
    throw new ProblemException({ code: 'not-replayable', detail });
  }
}
