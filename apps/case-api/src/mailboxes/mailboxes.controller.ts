import { Inject, Param, Query } from '@nestjs/common';
import { listMailboxStates, mailboxOverview, type MailboxOverview } from '#libs/channel-kit';
import { normaliseEmailAddress } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import type { Pool } from 'pg';
import { notFound } from '../http/problem.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import type { Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { MailboxListResource, mailboxResourceOf, MailboxResource } from './mailbox.resource.js';

/** The mailboxes of the account, and how the fetching from them goes. */
@ResourceController('v1/mailboxes', { tag: 'mailboxes', scope: ['ops:read', 'cases:read'] })
export class MailboxesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account' | 'mailboxes'>,
  ) {}

  /** They are few, and come on one page. */
  @ReadRoute('', {
    operationId: 'listMailboxes',
    summary: 'All mailboxes, in the order of the configuration',
    answer: MailboxListResource,
    problems: ['unknown-field'],
  })
  async list(@Query() query: RawQuery, @Exchange() { principal }: Exchange): Promise<Page<MailboxResource>> {
    createQueryReader(query, []).finish();
    const overviews = await this.load(principal.accountId);
    return { data: overviews.map(mailboxResourceOf), page: { next_cursor: null, has_more: false } };
  }

  @ReadRoute(':address', {
    operationId: 'getMailbox',
    summary: 'One mailbox',
    parameters: [{ name: 'address', schema: { type: 'string', format: 'email' } }],
    answer: MailboxResource,
  })
  async get(@Param('address') written: string, @Exchange() { principal }: Exchange): Promise<MailboxResource> {
    const address = normaliseEmailAddress(written);
    const overviews = await this.load(principal.accountId);
    const found = overviews.find((overview) => overview.address === address);
    if (found === undefined) {
      throw notFound('The mailbox');
    }
    return mailboxResourceOf(found);
  }

  /** The configuration is of one account; the keys of others see none of its mailboxes. */
  private async load(accountId: string): Promise<MailboxOverview[]> {
    const { account, mailboxes } = this.configuration;
    return account.id === accountId
      ? mailboxOverview(mailboxes, await listMailboxStates(this.pool, accountId), new Date())
      : [];
  }
}
