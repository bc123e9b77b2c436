import { Controller, Get, Inject, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { listMailboxStates, mailboxOverview, type MailboxOverview } from '#libs/channel-kit';
import { normaliseEmailAddress } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { ApiProblems } from '../routes/describe-problems.js';
import type { Page } from '../routes/pages.js';
import { notFound } from '../http/problem.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { MailboxListResource, mailboxResourceOf, MailboxResource } from './mailbox.resource.js';

/** The mailboxes of the account, and how the fetching from them goes. */
@ApiTags('mailboxes')
@ApiBearerAuth('api-key')
@RequiredScope('cases:read')
@UseGuards(ApiKeyGuard)
@Controller('v1/mailboxes')
export class MailboxesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account' | 'mailboxes'>,
  ) {}

  /** They are few, and come on one page. */
  @Get()
  @ApiOperation({ operationId: 'listMailboxes', summary: 'All mailboxes, in the order of the configuration' })
  @ApiOkResponse({ type: MailboxListResource })
  @ApiProblems(401, 403, 422)
  async list(@Query() query: RawQuery, @Req() request: FastifyRequest): Promise<Page<MailboxResource>> {
    createQueryReader(query, []).finish();
    const overviews = await this.load(principalOf(request).accountId);
    return { data: overviews.map(mailboxResourceOf), page: { next_cursor: null, has_more: false } };
  }

  @Get(':address')
  @ApiOperation({ operationId: 'getMailbox', summary: 'One mailbox' })
  @ApiParam({ name: 'address', schema: { type: 'string', format: 'email' } })
  @ApiOkResponse({ type: MailboxResource })
  @ApiProblems(401, 403, 404)
  async get(@Param('address') written: string, @Req() request: FastifyRequest): Promise<MailboxResource> {
    const address = normaliseEmailAddress(written);
    const overviews = await this.load(principalOf(request).accountId);
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
