import { Inject, Param, Query } from '@nestjs/common';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  ENDPOINT_KINDS,
  type EndpointDetail,
  type EndpointKind,
  type EndpointRow,
  insertEndpoint,
  listEndpoints,
  listGroups,
  lockAccount,
  type Queryable,
  updateEndpoint,
} from '#libs/case-store';
import { declaredId, isUuid, lineAddress, newId, normaliseEmailAddress } from '#libs/interaction';
import type { ApiParamOptions } from '@nestjs/swagger';
import { differing, refuseDeclared } from '../assignment/managed.js';
import { groupIdIn } from '../assignment/named.js';
import type { Fault } from '../body/place.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { notFound, ProblemException } from '../http/problem.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { someOf, truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { ENDPOINT_PATCH, NEW_ENDPOINT } from './endpoint-body.js';
import { EndpointListResource, EndpointResource, endpointResourceOf } from './endpoint.resource.js';

const ENDPOINT_ID: ApiParamOptions = { name: 'id', description: 'An id.', schema: { type: 'string' } };
const FILTERS = [someOf('kind', ENDPOINT_KINDS, 'Any of these.'), truth('active')];
const OF_WRITES = ['read-only', 'too-many-items', 'field-required', 'unknown-group'] as const;
const NAMES = {
  groupId: 'group_id',
  defaultPriority: 'default_priority',
  defaultType: 'default_type',
  autoCreate: 'auto_create',
  active: 'active',
} as const satisfies Partial<Record<keyof EndpointRow, string>>;

/** Addresses that interactions reach, and where their cases go. Mail is fetched for those alone that the file declares. */
@ResourceController('v1/endpoints', { tag: 'endpoints', scope: 'config:read' })
export class EndpointsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listEndpoints',
    summary: 'Addresses, by kind and address',
    query: FILTERS,
    answer: EndpointListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<EndpointResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { kinds: reader.list('kind', ENDPOINT_KINDS), active: reader.boolean('active') };
    reader.finish();
    const all = await listEndpoints(this.ledger.pool, exchange.principal.accountId);
    return this.pages.readWhole(exchange, {
      list: 'endpoints',
      filter,
      page,
      rows: all.filter(
        ({ kind, active }) => (filter.kinds?.includes(kind) ?? true) && active === (filter.active ?? active),
      ),
      placeOf: ({ kind, address }) => `${kind}\n${address}`,
      resourceOf: endpointResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getEndpoint',
    summary: 'An address',
    parameters: [ENDPOINT_ID],
    ...versioned(EndpointResource),
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<EndpointResource | undefined> {
    const found = endpointIn(await listEndpoints(this.ledger.pool, exchange.principal.accountId), id);
    return isKnownVersion(exchange, found.version) ? undefined : endpointResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createEndpoint',
    summary: 'Makes an address known',
    scope: 'config:write',
    body: bodyOf(NEW_ENDPOINT),
    answer: EndpointResource,
    problems: [...OF_WRITES, 'name-taken'],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const country = (await lockAccount(client, accountId))?.default_country ?? null;
      const all = await listEndpoints(client, accountId);
      const read = readBody(body.value, NEW_ENDPOINT);
      const { kind = 'api', address: written = '', group_id: group } = read.value;
      const faults: Fault[] = [];
      const address = addressOf(kind, written, country, read.value.address === undefined ? [] : faults);
      const groups = await listGroups(client, accountId);
      const groupId = group === undefined ? '' : (groupIdIn(groups, group, '/group_id', faults) ?? '');
      const wish = faultless(read, faults);
      const holder = all.find((one) => one.kind === kind && one.address === address);
      if (holder !== undefined) {
        const detail = `${address} is an address of the account already.`;
        throw new ProblemException({ code: 'name-taken', detail, members: { holder_id: holder.id } });
      }
      // The id that the file would give it, so that the file can take it over.
      const declared = declaredId(accountId, 'endpoint', `${kind}:${address}`);
      const id = all.some((one) => one.id === declared) ? newId() : declared;
      await insertEndpoint(client, accountId, {
        ...{ id, kind, address, groupId },
        defaultPriority: wish.default_priority ?? null,
        defaultType: wish.default_type ?? null,
        autoCreate: wish.auto_create ?? null,
        active: wish.active ?? true,
      });
      const answer = await answerOf(client, accountId, id, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/endpoints/${id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchEndpoint',
    summary: 'Changes where the cases of an address go, and what they begin with',
    scope: 'config:write',
    parameters: [ENDPOINT_ID],
    body: bodyOf(ENDPOINT_PATCH),
    answer: EndpointResource,
    problems: [...OF_WRITES, 'managed-by-configuration'],
  })
  async update(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      await lockAccount(client, accountId);
      const before = endpointIn(await listEndpoints(client, accountId), id);
      await this.writes.checkVersion(client, exchange, {
        version: before.version,
        changedSince: (version) => changedSince(before.changedIn, version),
      });
      const read = readBody(body.value, ENDPOINT_PATCH);
      const { group_id: group, default_priority: priority, default_type: type, auto_create: autoCreate } = read.value;
      const faults: Fault[] = [];
      const groups = await listGroups(client, accountId);
      const groupId = group === undefined ? undefined : groupIdIn(groups, group, '/group_id', faults);
      faultless(read, faults);
      const row: EndpointRow = {
        ...before,
        groupId: groupId ?? before.groupId,
        defaultPriority: priority === undefined ? before.defaultPriority : priority,
        defaultType: type === undefined ? before.defaultType : type,
        autoCreate: autoCreate === undefined ? before.autoCreate : autoCreate,
        active: read.value.active ?? before.active,
      };
      const changed = differing<EndpointRow>(before, row, NAMES);
      refuseDeclared(before.place, changed, 'all');
      if (changed.length > 0) {
        await updateEndpoint(client, accountId, row, changed);
      }
      return answerOf(client, accountId, before.id, 200);
    });
  }
}

/** As interactions spell it. */
function addressOf(kind: EndpointKind, written: string, country: string | null, faults: Fault[]): string {
  if (kind === 'mailbox') {
    const address = normaliseEmailAddress(written);
    if (address === null) {
      faults.push({ pointer: '/address', code: 'validation-failed', detail: 'Must be a mail address.' });
    }
    return address ?? written;
  }
  return kind === 'phone_number' ? lineAddress(written, country) : written.trim();
}

/** The address of a path. Throws 404 when the account has none of that id. */
function endpointIn(endpoints: readonly EndpointDetail[], id: string): EndpointDetail {
  const found = isUuid(id) ? endpoints.find((one) => one.id === id.toLowerCase()) : undefined;
  if (found === undefined) {
    throw notFound('The endpoint');
  }
  return found;
}

async function answerOf(client: Queryable, accountId: string, id: string, status: 200 | 201): Promise<Answer> {
  const endpoint = endpointIn(await listEndpoints(client, accountId), id);
  return { status, headers: { etag: entityTag(endpoint.version) }, body: endpointResourceOf(endpoint) };
}
