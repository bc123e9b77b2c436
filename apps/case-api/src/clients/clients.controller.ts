import { Inject, Param, Query } from '@nestjs/common';
import type { ApiParamOptions } from '@nestjs/swagger';
import type { Scope } from '#libs/case-domain';
import {
  changeClient,
  createClient,
  listClients,
  loadClient,
  lockClients,
  revokeClient,
  rotateKey,
  type ClientName,
  type ClientView,
  type Queryable,
} from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { notFound } from '../http/problem.js';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CommandRoute, CreateRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { agentIdsOf } from './allowed-agents.js';
import { clientAnswer, keyAnswer, problemOfRefusal } from './client-answers.js';
import { demandGrantable } from './client-grants.js';
import { CLIENT_PATCH, NEW_CLIENT, NO_FIELDS } from './client-body.js';
import { ClientListResource, clientResourceOf, ClientResource, ClientWithKeyResource } from './client.resource.js';

const CLIENT_ID: ApiParamOptions = { name: 'id', description: 'An id, or `name:` and the name.' };
const WRITING: { readonly scope: Scope } = { scope: 'config:write' };
const OF_FIELDS = ['read-only', 'too-many-items', 'name-taken'] as const;
const STATES = ['managed-by-configuration', 'client-revoked'] as const;
/** What is not kept of earlier versions may have changed since. */
const CHANGEABLE = ['name', 'scopes', 'allowed_agents', 'state', 'keys'];

/** Programs that use this API, their scopes and their keys. */
@ResourceController('v1/clients', { tag: 'clients', scope: 'config:read' })
export class ClientsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  @ListRoute('', { operationId: 'listClients', summary: 'API clients by name', answer: ClientListResource })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<ClientResource>> {
    const { accountId } = exchange.principal;
    return this.pages.read(exchange, {
      list: 'clients',
      filter: null,
      page: readPlainPageQuery(query),
      load: (limit, [afterName = null]) => listClients(this.pool, accountId, { limit, afterName }),
      positionOf: ({ name }) => [name],
      resourceOf: clientResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getClient',
    summary: 'An API client',
    parameters: [CLIENT_ID],
    answer: ClientResource,
  })
  async get(@Param('id') id: string, @Exchange() { principal, reply }: Exchange): Promise<ClientResource> {
    const client = await clientAt(this.pool, principal.accountId, id);
    void reply.header('etag', entityTag(client.version));
    return clientResourceOf(client);
  }

  @CreateRoute('', {
    ...WRITING,
    operationId: 'createClient',
    summary: 'Makes an API client and its first key, which is shown this once',
    body: bodyOf(NEW_CLIENT),
    answer: ClientWithKeyResource,
    problems: ['field-required', ...OF_FIELDS],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { principal } = exchange;
    return this.writes.inTransaction(exchange, body, async (client) => {
      const read = readBody(body.value, NEW_CLIENT);
      const agents = await agentIdsOf(client, principal.accountId, read.value.allowed_agents);
      const { name, scopes } = faultless(read, agents.faults);
      const wanted = { accountId: principal.accountId, name, scopes, allowedAgents: agents.ids ?? null };
      demandGrantable(principal, wanted);
      const outcome = await createClient(client, wanted);
      if (outcome.kind !== 'done') {
        throw problemOfRefusal(outcome);
      }
      return keyAnswer(201, outcome);
    });
  }

  @PatchRoute(':id', {
    ...WRITING,
    operationId: 'patchClient',
    summary: 'Changes the name, the scopes or the agents of an API client',
    parameters: [CLIENT_ID],
    body: bodyOf(CLIENT_PATCH),
    answer: ClientResource,
    problems: [...OF_FIELDS, ...STATES],
  })
  patch(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { principal } = exchange;
    return this.write(exchange, id, async (client, before, body) => {
      const read = readBody(body, CLIENT_PATCH);
      const agents = await agentIdsOf(client, principal.accountId, read.value.allowed_agents);
      const { allowed_agents: _, ...fields } = faultless(read, agents.faults);
      const change = { ...fields, ...(agents.ids === undefined ? {} : { allowedAgents: agents.ids }) };
      demandGrantable(principal, { ...before, ...change }, before);
      const name = { id: before.id };
      const outcome = await changeClient(client, { accountId: principal.accountId, name, change });
      if (outcome.kind !== 'done') {
        throw problemOfRefusal(outcome);
      }
      return clientAnswer(outcome.client);
    });
  }

  @CommandRoute(':id/rotate', {
    ...WRITING,
    operationId: 'rotateClientKey',
    summary: 'Gives an API client a new key, which is shown this once; the one before works for 24 hours more',
    parameters: [CLIENT_ID],
    body: bodyOf(NO_FIELDS),
    answer: ClientWithKeyResource,
    isVersioned: true,
    problems: ['limit-reached', ...STATES],
  })
  rotate(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.write(exchange, id, async (client, before, body) => {
      faultless(readBody(body, NO_FIELDS));
      demandGrantable(exchange.principal, before);
      const outcome = await rotateKey(client, exchange.principal.accountId, { id: before.id });
      if (outcome.kind !== 'done') {
        throw problemOfRefusal(outcome);
      }
      return keyAnswer(200, outcome);
    });
  }

  @CommandRoute(':id/revoke', {
    ...WRITING,
    operationId: 'revokeClient',
    summary: 'Ends an API client and its keys at once, for good; its name stays taken',
    parameters: [CLIENT_ID],
    body: bodyOf(NO_FIELDS),
    answer: ClientResource,
    isVersioned: true,
    problems: ['managed-by-configuration'],
  })
  revoke(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.write(exchange, id, async (client, before, body) => {
      faultless(readBody(body, NO_FIELDS));
      const outcome = await revokeClient(client, exchange.principal.accountId, { id: before.id });
      if (outcome.kind !== 'done') {
        throw problemOfRefusal(outcome);
      }
      return clientAnswer(outcome.client);
    });
  }

  /** Runs `work` on the client of the path, which nobody else changes meanwhile and which has a version that was named. */
  private async write(
    exchange: Exchange,
    id: string,
    work: (client: Queryable, before: ClientView, body: unknown) => Promise<Answer>,
  ): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { accountId } = exchange.principal;
    return this.writes.inTransaction(exchange, body, async (client) => {
      await lockClients(client, accountId);
      const before = await clientAt(client, accountId, id);
      const { version } = before;
      await this.writes.checkVersion(client, exchange, { version, changedSince: () => CHANGEABLE });
      return work(client, before, body.value);
    });
  }
}

/** The client of a path: its id, or `name:` and its name. Any other does not exist. */
async function clientAt(store: Queryable, accountId: string, id: string): Promise<ClientView> {
  const name = nameIn(id);
  const client = name === null ? null : await loadClient(store, accountId, name);
  if (client === null) {
    throw notFound('The client');
  }
  return client;
}

function nameIn(id: string): ClientName | null {
  if (isUuid(id)) {
    return { id: id.toLowerCase() };
  }
  return id.startsWith('name:') && !id.includes('\u0000') ? { name: id.slice('name:'.length).normalize('NFC') } : null;
}
