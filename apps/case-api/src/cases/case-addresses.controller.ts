import { Controller, Get, Header, Inject, Param, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { loadCase } from '#libs/case-store';
import { caseAddress, caseMessageId, issueCaseToken, newCaseId, normaliseEmailAddress } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ApiKeyGuard, principalOf } from '../access/api-key.guard.js';
import { RequiredScope } from '../access/required-scope.js';
import { ApiCaseId, ApiProblems } from '../routes/describe-problems.js';
import { notFound } from '../http/problem.js';
import { readCaseName } from './case-name.js';
import { CaseAddressesResource, type MailboxAddressResource } from './case-addresses.resource.js';

/** Where mail about a case is to be answered to. Whoever holds such an address can write to the case. */
@ApiTags('cases')
@ApiBearerAuth('api-key')
@RequiredScope('cases:write')
@UseGuards(ApiKeyGuard)
@Controller('v1/cases')
export class CaseAddressesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account' | 'mailboxes' | 'caseTokens'>,
  ) {}

  @Get(':id/addresses')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'listCaseAddresses', summary: 'Signed addresses and Message-IDs of a case' })
  @ApiCaseId()
  @ApiOkResponse({ type: CaseAddressesResource })
  @ApiProblems(401, 403, 404)
  async list(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CaseAddressesResource> {
    const { accountId } = principalOf(request);
    const view = await loadCase(this.pool, accountId, readCaseName(id));
    if (view === null) {
      throw notFound('The case');
    }
    const { account, caseTokens } = this.configuration;
    if (caseTokens.secret === null || account.id !== accountId) {
      return { data: [] };
    }
    const token = issueCaseToken(accountId, view.state.id, caseTokens.secret);
    return { data: this.mailboxes(view.state.via.to).flatMap((mailbox) => addressesAt(mailbox, token)) };
  }

  /** All of ours, the one that the case came through first. */
  private mailboxes(through: string | null): string[] {
    const all = this.configuration.mailboxes.flatMap(({ address }) => normaliseEmailAddress(address) ?? []);
    return [...all.filter((address) => address === through), ...all.filter((address) => address !== through)];
  }
}

function addressesAt(mailbox: string, token: string): MailboxAddressResource[] {
  const address = caseAddress(mailbox, token);
  return address === null ? [] : [{ mailbox, address, message_id: caseMessageId(mailbox, token, newCaseId()) }];
}
