import { Inject, Param, Query } from '@nestjs/common';
import {
  contactPositionOf,
  listContactInteractions,
  listContacts,
  loadAccount,
  searchContacts,
  settledUntil,
} from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { demandScope } from '../access/demand-scope.js';
import { interactionResourceOf } from '../interactions/interaction-resource-of.js';
import { InteractionListResource, type InteractionResource } from '../interactions/interaction.resource.js';
import { readPlainPageQuery } from '../query/page-query.js';
import type { RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { type Page, Pages } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ListRoute, ReadRoute } from '../routes/routes.js';
import { isKnownVersion, versioned } from '../routes/versions.js';
import { CONTACT_ID, contactAt } from './contact-name.js';
import { CONTACT_FILTERS, readContactQuery } from './contact-query.js';
import { ContactListResource, ContactResource, contactResourceOf } from './contact.resource.js';

/** People, and lines that several of them share. Cases of one: `GET /v1/cases?requester_id=`. */
@ResourceController('v1/contacts', { tag: 'contacts', scope: 'contacts:read' })
export class ContactsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listContacts',
    summary: 'Contacts, newest first unless told',
    query: CONTACT_FILTERS,
    answer: ContactListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<ContactResource>> {
    const { accountId } = exchange.principal;
    // Seldom asked for, and only then looked up.
    const account = query['phone'] === undefined ? null : await loadAccount(this.pool, accountId);
    const { filter, words, sort, page } = readContactQuery(query, account?.default_country ?? null);
    // Before the rows are read: what is committed meanwhile has a later instant.
    const until = sort === 'updated_at' ? await settledUntil(this.pool) : null;
    return this.pages.read(exchange, {
      list: 'contacts',
      filter: [filter, words, sort],
      page,
      load: (limit, position) => {
        const wanted = { sort, limit, position };
        return words === null
          ? listContacts(this.pool, accountId, filter, wanted)
          : searchContacts(this.pool, accountId, { filter, words }, wanted);
      },
      positionOf: (view) => contactPositionOf(sort, view),
      isSettled: ({ updatedAt }) => until === null || updatedAt.toISOString() < until,
      resourceOf: (view) => contactResourceOf(accountId, view),
    });
  }

  @ReadRoute(':id', {
    operationId: 'getContact',
    summary: 'One contact; the id of one that was merged answers as the contact that it lives on in',
    parameters: [CONTACT_ID],
    ...versioned(ContactResource),
  })
  async get(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<ContactResource | undefined> {
    const view = await contactAt(this.pool, exchange.principal, id);
    return isKnownVersion(exchange, view.version) ? undefined : contactResourceOf(exchange.principal.accountId, view);
  }

  @ListRoute(':id/interactions', {
    operationId: 'listContactInteractions',
    summary: 'What a contact wrote and said, in whichever case and in none, newest first',
    description: 'Needs `cases:read` beside `contacts:read`.',
    parameters: [CONTACT_ID],
    answer: InteractionListResource,
  })
  async interactions(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<Page<InteractionResource>> {
    demandScope(exchange.principal, 'cases:read');
    const page = readPlainPageQuery(query);
    const { accountId } = exchange.principal;
    const { id: contactId } = await contactAt(this.pool, exchange.principal, id);
    return this.pages.read(exchange, {
      list: 'contact-interactions',
      filter: contactId,
      page,
      load: (limit, [occurredAt, afterId]) => {
        const after = occurredAt === undefined || afterId === undefined ? null : { occurredAt, id: afterId };
        return listContactInteractions(this.pool, accountId, contactId, { limit, after });
      },
      positionOf: (row) => [row.occurredAt.toISOString(), row.interaction.id],
      resourceOf: interactionResourceOf,
    });
  }
}
