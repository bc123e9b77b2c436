import { Inject, Param, Query } from '@nestjs/common';
import { CATEGORIES } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import {
  deleteStatus,
  insertStatus,
  listStatuses,
  lockStatuses,
  type StatusView,
  updateStatus,
} from '#libs/case-store';
import { newId } from '#libs/interaction';
import type { PoolClient } from 'pg';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { someOf, truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, DeleteRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { NEW_STATUS, STATUS_PATCH } from './status-body.js';
import { movesOf, namesReplacement, untilNoCaseComes } from './status-moves.js';
import { STATUS_ID, statusNamed } from './status-name.js';
import { changesOf, conflictOfNew, faultsOfNew, faultsOfPatch, formerDefault, rowOfNew } from './status-rules.js';
import { refuse, refuseDeactivating, refuseDeleting } from './status-uses.js';
import { StatusListResource, StatusResource, statusResourceOf } from './status.resource.js';

const FILTERS = [someOf('category', CATEGORIES, 'Any of these.'), truth('active')];

/** What cases can be: statuses of five categories, which the account makes and names. */
@ResourceController('v1/statuses', { tag: 'statuses', scope: 'config:read' })
export class StatusesController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listStatuses',
    summary: 'Statuses, by category and position',
    query: FILTERS,
    answer: StatusListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<StatusResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { categories: reader.list('category', CATEGORIES), active: reader.boolean('active') };
    reader.finish();
    const rows = (await listStatuses(this.ledger.pool, exchange.principal.accountId)).filter(
      ({ category, active }) => (filter.categories?.includes(category) ?? true) && active === (filter.active ?? active),
    );
    return this.pages.readWhole(exchange, {
      list: 'statuses',
      filter,
      page,
      rows,
      placeOf,
      resourceOf: statusResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getStatus',
    summary: 'One status',
    parameters: [STATUS_ID],
    ...versioned(StatusResource),
  })
  async get(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<StatusResource | undefined> {
    const found = statusNamed(await listStatuses(this.ledger.pool, exchange.principal.accountId), name);
    return isKnownVersion(exchange, found.version) ? undefined : statusResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createStatus',
    summary: 'Makes a status',
    scope: 'config:write',
    body: bodyOf(NEW_STATUS),
    answer: StatusResource,
    problems: ['field-required', 'read-only', 'name-taken', 'limit-reached'],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockStatuses(client, accountId);
      const read = readBody(body.value, NEW_STATUS);
      const wish = faultless(read, faultsOfNew(read.value));
      refuse(conflictOfNew(all, wish));
      const row = rowOfNew(all, newId(), wish);
      await takeDefault(client, accountId, formerDefault(all, row));
      const stored = await insertStatus(client, accountId, row);
      const answer = answerOf(stored, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/statuses/${stored.id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchStatus',
    summary: 'Changes a status',
    scope: 'config:write',
    parameters: [STATUS_ID],
    body: bodyOf(STATUS_PATCH),
    answer: StatusResource,
    problems: ['read-only', 'status-not-available', 'in-use'],
  })
  async update(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { principal } = exchange;
    const body = await this.writes.readBody(exchange);
    const work = (client: PoolClient): Promise<Answer> => this.patch(client, exchange, name, body.value);
    if (!namesReplacement(body.value)) {
      return this.writes.configure(exchange, body, work);
    }
    // The cases move and the status leaves in one transaction, or neither does.
    const inputsOf = () => movesOf(this.ledger.pool, principal, { name, body: body.value });
    try {
      return await untilNoCaseComes(() => this.writes.settled(exchange, body, { inputsOf, answerOf: work }));
    } finally {
      this.ledger.directory.invalidate(principal.accountId);
    }
  }

  @DeleteRoute(':id', {
    operationId: 'deleteStatus',
    summary: 'Deletes a status that was never used',
    scope: 'config:write',
    parameters: [STATUS_ID],
    problems: ['in-use'],
  })
  async delete(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockStatuses(client, accountId);
      const before = await this.versionOf(client, exchange, statusNamed(all, name));
      faultless(readBody(body.value, {}));
      await refuseDeleting(client, accountId, before);
      await deleteStatus(client, accountId, before.id);
      return { status: 204, headers: {} };
    });
  }

  private async patch(client: PoolClient, exchange: Exchange, name: string, body: unknown): Promise<Answer> {
    const { accountId } = exchange.principal;
    const all = await lockStatuses(client, accountId);
    const before = await this.versionOf(client, exchange, statusNamed(all, name));
    const read = readBody(body, STATUS_PATCH);
    const patch = faultless(read, faultsOfPatch(all, before, read.value));
    const { row, changed } = changesOf(before, patch);
    if (changed.length === 0) {
      return answerOf(before, 200);
    }
    if (before.active && !row.active) {
      await refuseDeactivating(client, accountId, before);
    }
    await takeDefault(client, accountId, formerDefault(all, row));
    return answerOf(await updateStatus(client, accountId, row, changed), 200);
  }

  /** The status, when the request is for this version of it. */
  private async versionOf(client: PoolClient, exchange: Exchange, status: StatusView): Promise<StatusView> {
    await this.writes.checkVersion(client, exchange, {
      version: status.version,
      changedSince: (version) => changedSince(status.changedIn, version),
    });
    return status;
  }
}

function answerOf(status: StatusView, code: 200 | 201): Answer {
  return { status: code, headers: { etag: entityTag(status.version) }, body: statusResourceOf(status) };
}

async function takeDefault(client: PoolClient, accountId: string, former: StatusView | null): Promise<void> {
  if (former !== null) {
    await updateStatus(client, accountId, { ...former, isDefault: false }, ['is_default']);
  }
}

/** As text that sorts like the list. */
function placeOf({ category, position, id }: StatusView): string {
  return `${CATEGORIES.indexOf(category)}/${String(position).padStart(7, '0')}/${id}`;
}
