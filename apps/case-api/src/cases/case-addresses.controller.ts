import { Header, Inject, Param } from '@nestjs/common';
import { caseAddress, caseMessageId, issueCaseToken, newId, normaliseEmailAddress } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import type { Pool } from 'pg';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { CaseAddressesResource, type MailboxAddressResource } from './case-addresses.resource.js';
import { caseAt } from './case-at.js';
import { CASE_ID } from './case-name.js';

/** Where mail about a case is to be answered to. Whoever holds such an address can write to the case. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:write' })
export class CaseAddressesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account' | 'mailboxes' | 'caseTokens'>,
  ) {}

  @ReadRoute(':id/addresses', {
    operationId: 'listCaseAddresses',
    summary: 'Signed addresses and Message-IDs of a case',
    parameters: [CASE_ID],
    answer: CaseAddressesResource,
  })
  @Header('cache-control', 'no-store')
  async list(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<CaseAddressesResource> {
    const { accountId } = principal;
    const view = await caseAt(this.pool, principal, id);
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
  return address === null ? [] : [{ mailbox, address, message_id: caseMessageId(mailbox, token, newId()) }];
}
