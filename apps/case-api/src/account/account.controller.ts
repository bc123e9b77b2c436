import { Inject } from '@nestjs/common';
import {
  type AccountView,
  differingFields,
  listStatuses,
  loadAccount,
  loadGroups,
  lockAccount,
  updateAccount,
} from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { ProblemException } from '../http/problem.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { ACCOUNT_PATCH } from './account-body.js';
import { conflictOf, patched } from './account-rules.js';
import { AccountResource, accountResourceOf } from './account.resource.js';

/** The account of the client that asks. */
@ResourceController('v1/account', { tag: 'account', scope: 'config:read' })
export class AccountController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  @ReadRoute('', { operationId: 'getAccount', summary: 'The account', ...versioned(AccountResource) })
  async get(@Exchange() exchange: Exchange): Promise<AccountResource | undefined> {
    const account = setUp(await loadAccount(this.pool, exchange.principal.accountId));
    return isKnownVersion(exchange, account.version) ? undefined : accountResourceOf(account);
  }

  @PatchRoute('', {
    operationId: 'patchAccount',
    summary: 'Changes the account; what the configuration file declares is changed there',
    scope: 'config:write',
    body: bodyOf(ACCOUNT_PATCH),
    answer: AccountResource,
    problems: [
      'read-only',
      'too-many-items',
      'field-required',
      'unknown-group',
      'status-not-available',
      'managed-by-configuration',
    ],
  })
  async update(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = setUp(await lockAccount(client, accountId));
      await this.writes.checkVersion(client, exchange, {
        version: before.version,
        changedSince: (version) => changedSince(before.changed_in, version),
      });
      const named = { groups: await loadGroups(client, accountId), statuses: await listStatuses(client, accountId) };
      const read = readBody(body.value, ACCOUNT_PATCH);
      const { after, faults } = patched(before, read.value, named);
      faultless(read, faults);
      const changed = differingFields(before, after);
      const conflict = conflictOf(before, changed);
      if (conflict !== null) {
        throw new ProblemException(conflict);
      }
      return answerOf(changed.length === 0 ? before : await updateAccount(client, after, changed));
    });
  }
}

function setUp(account: AccountView | null): AccountView {
  if (account === null) {
    throw new Error('the account of an API client is not set up');
  }
  return account;
}

function answerOf(account: AccountView): Answer {
  return { status: 200, headers: { etag: entityTag(account.version) }, body: accountResourceOf(account) };
}
