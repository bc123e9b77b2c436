import { Inject, Param, Query } from '@nestjs/common';
import { ApiResponse, type ApiParamOptions } from '@nestjs/swagger';
import { tracesOf } from '#libs/case-domain';
import {
  type ContactErasure,
  type ErasureState,
  findErasableContact,
  listErasures,
  loadErasedPerson,
  loadErasure,
  planErasure,
  type Queryable,
  requestErasure,
  settleErasureRequest,
} from '#libs/case-store';
import { isUuid, newId } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { askerOf } from '../access/asker.js';
import { required } from '../body/field.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { text } from '../body/values.js';
import { notFound, ProblemException } from '../http/problem.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { someOf, truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { AcceptRoute, CommandRoute, ListRoute, ReadRoute } from '../routes/routes.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import {
  ERASURE_STATES,
  ErasureListResource,
  erasurePlanOf,
  ErasurePlanResource,
  ErasureRequestedResource,
  erasureResourceOf,
  ErasureResource,
} from './erasure.resource.js';

const CONTACT_ID: ApiParamOptions = {
  name: 'id',
  description: 'The id of a contact; of a merged one it means whom it lives on in.',
  format: 'uuid',
};
const ERASURE_ID: ApiParamOptions = { name: 'id', format: 'uuid' };
const DRY_RUN = truth('dry_run', 'Only says what would go.');
const STATE = someOf('state', ERASURE_STATES, 'Any of these.');
const REQUEST = { reason: required(text({ max: 500 })) };

/** Requests that nothing of a person stays: what they would take, and how far they have come. */
@ResourceController('v1', { tag: 'erasures', scope: 'contacts:admin' })
export class ErasuresController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @AcceptRoute('contacts/:id/erasure', {
    operationId: 'eraseContact',
    summary: 'Take away everything that is known of a contact, or say what that would be',
    description:
      'Her cases keep their numbers, times and measures. It goes on by itself, and `getErasure` says how far it is. Asking again names the request that stands.',
    parameters: [CONTACT_ID],
    query: [DRY_RUN],
    body: { ...bodyOf(REQUEST), required: false },
    answer: ErasureRequestedResource,
    problems: ['malformed-query', 'field-required'],
  })
  @ApiResponse({ status: 200, type: ErasurePlanResource, description: 'With `dry_run=true`: nothing is begun.' })
  async request(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const reader = createQueryReader(query, [DRY_RUN]);
    const isDryRun = reader.boolean('dry_run') === true;
    reader.finish();
    const body = await this.writes.readBody(exchange);
    const { accountId } = exchange.principal;
    return this.writes.inTransaction(exchange, body, async (client) => {
      const contactId = await rootOf(client, accountId, id);
      return isDryRun ? plan(client, accountId, contactId) : this.ask(client, exchange, contactId, body.value);
    });
  }

  @ListRoute('erasures', {
    operationId: 'listErasures',
    summary: 'Requests for erasure, newest first',
    query: [STATE],
    answer: ErasureListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<ErasureResource>> {
    const reader = createQueryReader(query, [...PAGE_PARAMETERS, STATE]);
    const page = readPageQuery(reader);
    const states = (reader.list('state', ERASURE_STATES) ?? null) as ErasureState[] | null;
    reader.finish();
    const { accountId } = exchange.principal;
    return this.pages.read(exchange, {
      list: 'erasures',
      filter: { states },
      page,
      load: (limit, [before = null]) => listErasures(this.pool, accountId, { states, before, limit }),
      positionOf: ({ id }) => [id],
      resourceOf: erasureResourceOf,
    });
  }

  @ReadRoute('erasures/:id', {
    operationId: 'getErasure',
    summary: 'How far an erasure is, what went and what is kept',
    parameters: [ERASURE_ID],
    answer: ErasureResource,
  })
  async get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<ErasureResource> {
    return erasureResourceOf(await erasureAt(this.pool, principal.accountId, id));
  }

  @CommandRoute('erasures/:id/start', {
    operationId: 'startErasure',
    summary: 'Let a request begin that a directory made and that waits for somebody',
    parameters: [ERASURE_ID],
    answer: ErasureResource,
    problems: ['already-settled'],
  })
  start(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.settle(exchange, id, 'requested');
  }

  @CommandRoute('erasures/:id/refuse', {
    operationId: 'refuseErasure',
    summary: 'Put a request aside that waits for somebody',
    parameters: [ERASURE_ID],
    answer: ErasureResource,
    problems: ['already-settled'],
  })
  refuse(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.settle(exchange, id, 'refused');
  }

  private async ask(client: Queryable, { principal }: Exchange, contactId: string, body: unknown): Promise<Answer> {
    const { reason } = faultless(readBody(body, REQUEST));
    const { accountId } = principal;
    const request = { id: newId(), contactId, by: askerOf(principal).actor, reason };
    const erasureId = await requestErasure(client, accountId, request);
    return { status: 202, headers: { location: `/v1/erasures/${erasureId}` }, body: { erasure_id: erasureId } };
  }

  private async settle(exchange: Exchange, id: string, word: 'requested' | 'refused'): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.inTransaction(exchange, body, async (client) => {
      const erasure = await erasureAt(client, accountId, id);
      if ((await settleErasureRequest(client, accountId, erasure.id, word)) === null) {
        throw new ProblemException({ code: 'already-settled', detail: `The request is ${erasure.state}.` });
      }
      return { status: 200, headers: {}, body: erasureResourceOf(await erasureAt(client, accountId, id)) };
    });
  }
}

async function plan(client: Queryable, accountId: string, contactId: string): Promise<Answer> {
  const { contactIds, identities, knownBy } = await loadErasedPerson(client, accountId, contactId);
  const planned = await planErasure(client, { accountId, contactIds, identities }, tracesOf(knownBy).unique);
  return { status: 200, headers: {}, body: erasurePlanOf(newId(), planned) };
}

async function rootOf(client: Queryable, accountId: string, id: string): Promise<string> {
  const contactId = isUuid(id) ? await findErasableContact(client, accountId, id) : null;
  if (contactId === null) {
    throw notFound('The contact');
  }
  return contactId;
}

async function erasureAt(client: Queryable, accountId: string, id: string): Promise<ContactErasure> {
  const erasure = isUuid(id) ? await loadErasure(client, accountId, id) : null;
  if (erasure === null) {
    throw notFound('The erasure');
  }
  return erasure;
}
