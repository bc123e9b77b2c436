import { Inject, Param } from '@nestjs/common';
import { ApiResponse, type ApiParamOptions } from '@nestjs/swagger';
import { type ContactView, type ContactIdentityView, loadAccount } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { bodyOf, readBody } from '../../body/read-body.js';
import { Place } from '../../body/place.js';
import { notFound } from '../../http/problem.js';
import { readContactCalled } from '../../cases/write/read-called.js';
import { IF_MATCH, OF_VERSIONS } from '../../routes/described-writes.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CreateRoute, DeleteRoute, PatchRoute } from '../../routes/routes.js';
import { Writes } from '../../writing/writes.js';
import { CONTACT_ID, contactAt } from '../contact-name.js';
import { ContactResource, identityIdOf } from '../contact.resource.js';
import { IDENTITY_PATCH, identityWish, NEW_IDENTITY, wordsOf } from './contact-body.js';
import { contactAnswer, ContactCommands, NOTHING_LEFT } from './contact-commands.js';

const IDENTITY_ID: ApiParamOptions = {
  name: 'identity_id',
  description: 'Id, or `email:…`, `phone:+351…` or `external:hubspot:1246965`.',
  schema: { type: 'string' },
};
const OF_CONTACT = '`ETag` and `If-Match` are those of the contact.';

/** What a contact is known by. */
@ResourceController('v1/contacts', { tag: 'contacts', scope: 'contacts:write' })
export class IdentitiesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(ContactCommands) private readonly commands: ContactCommands,
  ) {}

  @CreateRoute(':id/identities', {
    operationId: 'createContactIdentity',
    summary: 'Give a contact one more identity',
    description: `An address of another contact is not taken from it; a number is shared from then on. One that the contact has already answers 200. ${OF_CONTACT}`,
    parameters: [CONTACT_ID],
    body: bodyOf(NEW_IDENTITY),
    headers: [IF_MATCH],
    answer: ContactResource,
    problems: [...OF_VERSIONS, 'read-only', 'field-required', 'identity-taken', 'limit-reached'],
  })
  @ApiResponse({ status: 200, description: 'The contact had it.', type: ContactResource })
  async create(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { principal } = exchange;
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, NEW_IDENTITY);
    const country = (await loadAccount(this.pool, principal.accountId))?.default_country ?? null;
    const found = { named: [...faults], count: faults.length };
    const identity = identityWish(value, new Place(found), country) ?? null;
    const said = { identity, faults: found.named };
    return this.commands.run(
      exchange,
      body,
      async (who) => {
        const { id: contactId } = await contactAt(this.pool, principal, name);
        return { ...who, ...said, command: 'add_identity', contactId };
      },
      async (client, ofExchange, done) => {
        const answer = await contactAnswer(client, ofExchange, done);
        const made = (answer.body as ContactResource).identities.find((one) => {
          return one.kind === identity?.kind && one.value === identity.value;
        });
        const location = `/v1/contacts/${done.contactId}/identities/${made?.id ?? ''}`;
        return done.outcome === 'unchanged'
          ? answer
          : { ...answer, status: 201, headers: { ...answer.headers, location } };
      },
    );
  }

  @PatchRoute(':id/identities/:identity_id', {
    operationId: 'updateContactIdentity',
    summary: 'Change what is said of an identity',
    description: OF_CONTACT,
    parameters: [CONTACT_ID, IDENTITY_ID],
    body: bodyOf(IDENTITY_PATCH),
    answer: ContactResource,
    problems: ['read-only'],
  })
  async update(
    @Param('id') name: string,
    @Param('identity_id') identityName: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, IDENTITY_PATCH);
    return this.commands.run(exchange, body, async (who) => {
      const contact = await contactAt(this.pool, exchange.principal, name);
      const { kind, value: named } = identityOf(contact, exchange.principal.accountId, identityName);
      const about = { contactId: contact.id, name: { kind, value: named } };
      return { ...who, ...about, command: 'change_identity', words: wordsOf(value), faults };
    });
  }

  @DeleteRoute(':id/identities/:identity_id', {
    operationId: 'deleteContactIdentity',
    summary: 'Take an identity from a contact for good',
    description: `Nobody is found by it any more; what came by it stays with its cases. ${OF_CONTACT}`,
    parameters: [CONTACT_ID, IDENTITY_ID],
    problems: ['in-use'],
  })
  async delete(
    @Param('id') name: string,
    @Param('identity_id') identityName: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { faults } = readBody(body.value, {});
    return this.commands.run(
      exchange,
      body,
      async (who) => {
        const contact = await contactAt(this.pool, exchange.principal, name);
        const { kind, value } = identityOf(contact, exchange.principal.accountId, identityName);
        return { ...who, command: 'remove_identity', contactId: contact.id, name: { kind, value }, faults };
      },
      NOTHING_LEFT,
    );
  }
}

/** The identity of a path. Throws 404 when the contact has none of that name. */
function identityOf(contact: ContactView, accountId: string, name: string): ContactIdentityView {
  const called = readContactCalled(name);
  const found =
    'detail' in called
      ? undefined
      : contact.identities.find((one) =>
          called.by === 'id'
            ? identityIdOf(accountId, one) === called.value
            : one.kind === called.by && one.value === called.value,
        );
  if (found === undefined) {
    throw notFound('The identity');
  }
  return found;
}
