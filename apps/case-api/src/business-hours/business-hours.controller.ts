import { Inject, Param } from '@nestjs/common';
import { readBusinessHours } from '#libs/case-domain';
import {
  accountHoursOf,
  type BusinessHoursView,
  deleteBusinessHours,
  listBusinessHours,
  loadAccount,
  loadGroups,
  lockAccount,
  type Queryable,
  writeBusinessHours,
} from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool, PoolClient } from 'pg';
import { faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { notFound, ProblemException, unprocessable } from '../http/problem.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { DeleteRoute, PutRoute, ReadRoute } from '../routes/routes.js';
import { isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { HOURS_BODY } from './business-hours-body.js';
import { BusinessHoursResource, businessHoursResourceOf } from './business-hours.resource.js';

const GROUP = {
  name: 'id',
  description: 'Id of a group, or `name:Support`.',
  schema: { type: 'string' },
} as const;
const OF_HOURS = ['field-required', 'too-many-items', 'managed-by-configuration'] as const;
/** Of the account: no group. */
const ACCOUNT = null;

/** The hours of the account or of a group: those that count, and what was said of them. */
interface Found {
  readonly groupId: string | null;
  readonly stored: BusinessHoursView | null;
  readonly resource: BusinessHoursResource;
}

/** When the account and its groups work. */
@ResourceController('v1', { tag: 'business hours', scope: 'config:read' })
export class BusinessHoursController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  @ReadRoute('account/business-hours', {
    operationId: 'getAccountBusinessHours',
    summary: 'When the account works',
    ...versioned(BusinessHoursResource),
  })
  ofAccount(@Exchange() exchange: Exchange): Promise<BusinessHoursResource | undefined> {
    return this.read(exchange, ACCOUNT);
  }

  @PutRoute('account/business-hours', {
    isVersioned: true,
    operationId: 'putAccountBusinessHours',
    summary: 'Says when the account works',
    scope: 'config:write',
    body: HOURS_BODY,
    answer: BusinessHoursResource,
    problems: OF_HOURS,
  })
  putOfAccount(@Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.put(exchange, ACCOUNT);
  }

  @DeleteRoute('account/business-hours', {
    operationId: 'deleteAccountBusinessHours',
    summary: 'Has the account work as is usual: Monday to Friday from nine to six',
    scope: 'config:write',
    problems: ['managed-by-configuration'],
  })
  deleteOfAccount(@Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.delete(exchange, ACCOUNT);
  }

  @ReadRoute('groups/:id/business-hours', {
    operationId: 'getGroupBusinessHours',
    summary: 'When a group works',
    parameters: [GROUP],
    ...versioned(BusinessHoursResource),
  })
  ofGroup(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<BusinessHoursResource | undefined> {
    return this.read(exchange, name);
  }

  @PutRoute('groups/:id/business-hours', {
    isVersioned: true,
    operationId: 'putGroupBusinessHours',
    summary: 'Says when a group works',
    scope: 'config:write',
    parameters: [GROUP],
    body: HOURS_BODY,
    answer: BusinessHoursResource,
    problems: OF_HOURS,
  })
  putOfGroup(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.put(exchange, name);
  }

  @DeleteRoute('groups/:id/business-hours', {
    operationId: 'deleteGroupBusinessHours',
    summary: 'Has a group work as the account does',
    scope: 'config:write',
    parameters: [GROUP],
    problems: ['managed-by-configuration'],
  })
  deleteOfGroup(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.delete(exchange, name);
  }

  private async read(exchange: Exchange, name: string | null): Promise<BusinessHoursResource | undefined> {
    const { resource } = await find(this.pool, exchange.principal.accountId, name);
    return isKnownVersion(exchange, resource.version) ? undefined : resource;
  }

  private async put(exchange: Exchange, name: string | null): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.lock(client, exchange, name);
      const { value, faults } = readBusinessHours(body.value);
      if (value === null) {
        throw unprocessable(faults);
      }
      refuseDeclared(before);
      const { groupId } = before;
      const stored = before.stored;
      const isSame = stored !== null && JSON.stringify(partsOf(stored)) === JSON.stringify(partsOf(value));
      if (!isSame) {
        await writeBusinessHours(client, accountId, { groupId, ...value, managedBy: 'api' });
      }
      return answerOf(await find(client, accountId, name));
    });
  }

  private async delete(exchange: Exchange, name: string | null): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.lock(client, exchange, name);
      faultless(readBody(body.value, {}));
      refuseDeclared(before);
      await deleteBusinessHours(client, accountId, before.groupId);
      return { status: 204, headers: {} };
    });
  }

  /** The account is held, so that two who change hours go one after the other. */
  private async lock(client: PoolClient, exchange: Exchange, name: string | null): Promise<Found> {
    const { accountId } = exchange.principal;
    await lockAccount(client, accountId);
    const found = await find(client, accountId, name);
    await this.writes.checkVersion(client, exchange, {
      version: found.resource.version,
      changedSince: () => ['time_zone', 'week', 'holidays'],
    });
    return found;
  }
}

async function find(client: Queryable, accountId: string, name: string | null): Promise<Found> {
  const groupId = name === null ? null : await groupAt(client, accountId, name);
  const account = await loadAccount(client, accountId);
  const all = await listBusinessHours(client, accountId);
  const stored = all.find((one) => one.groupId === groupId) ?? null;
  const hours = accountHoursOf(account?.time_zone ?? 'UTC', all);
  const counting = (groupId === null ? undefined : hours.groups.get(groupId)) ?? hours.account;
  return { groupId, stored, resource: businessHoursResourceOf(counting, stored) };
}

async function groupAt(client: Queryable, accountId: string, name: string): Promise<string> {
  const groups = await loadGroups(client, accountId);
  const found = groups.find((group) => group.id === name.toLowerCase() || `name:${group.name}` === name);
  if (found === undefined) {
    throw notFound('The group');
  }
  return found.id;
}

function refuseDeclared({ stored, groupId }: Found): void {
  if (stored?.managedBy === 'file') {
    const place = groupId === null ? 'account.businessHours' : 'groups[].businessHours';
    const detail = `The hours are declared at ${place} of the configuration: change them there and start again.`;
    throw new ProblemException({ code: 'managed-by-configuration', detail });
  }
}

/** In one order, whatever the table has made of it. */
function partsOf({ timeZone, week, holidays }: Pick<BusinessHoursView, 'timeZone' | 'week' | 'holidays'>) {
  const intervals = week.map(({ days, from, to }) => [days, from, to]);
  return [timeZone, intervals, holidays?.map(({ date, name }) => [date, name]) ?? null];
}

function answerOf({ resource }: Found): Answer {
  return { status: 200, headers: { etag: entityTag(resource.version) }, body: resource };
}
