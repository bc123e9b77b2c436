import { Inject, Param } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ContactCalled } from '#libs/case-domain';
import { loadAccount } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { bodyOf, readBody } from '../../body/read-body.js';
import type { Fault } from '../../body/place.js';
import type { DescribedProblem } from '../../routes/describe-problems.js';
import { IF_MATCH, OF_VERSIONS } from '../../routes/described-writes.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CommandRoute, CreateRoute, PatchRoute, PutRoute } from '../../routes/routes.js';
import { Writes } from '../../writing/writes.js';
import { bearersOf, CONTACT_ID, contactAt } from '../contact-name.js';
import { ContactResource } from '../contact.resource.js';
import { CONTACT_PATCH, contactFields, contactWishOf, faultsOfNew, MERGE, UNMERGE } from './contact-body.js';
import { ContactCommands } from './contact-commands.js';

const OF_WISHES: readonly DescribedProblem[] = ['read-only', 'too-many-items', 'field-required'];
const OF_IDENTITIES: readonly DescribedProblem[] = [...OF_WISHES, 'identity-taken', 'limit-reached'];
const INTEGRATION = {
  name: 'integration',
  description: 'Whose key it is, such as `hubspot`.',
  schema: { type: 'string' },
} as const;
const EXTERNAL_ID = {
  name: 'external_id',
  description: 'What the integration calls the contact.',
  schema: { type: 'string' },
} as const;

/** What people and their systems do with contacts. */
@ResourceController('v1/contacts', { tag: 'contacts', scope: 'contacts:write' })
export class ContactWritesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(ContactCommands) private readonly commands: ContactCommands,
  ) {}

  @CreateRoute('', {
    operationId: 'createContact',
    summary: 'Make a contact',
    description: 'A number that another contact has is shared by both from then on; an address is one contact’s alone.',
    body: bodyOf(contactFields(null)),
    answer: ContactResource,
    problems: OF_IDENTITIES,
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, contactFields(await this.countryOf(exchange)));
    const all = [...faults, ...faultsOfNew(body.value, value)];
    const said = { wish: contactWishOf(value), identities: value.identities ?? [], faults: all };
    return this.commands.run(exchange, body, (who) => ({ ...who, ...said, command: 'create_contact' }));
  }

  @PatchRoute(':id', {
    operationId: 'updateContact',
    summary: 'Change a contact: all of a patch, or nothing of it',
    parameters: [CONTACT_ID],
    body: bodyOf(CONTACT_PATCH),
    answer: ContactResource,
    problems: OF_WISHES,
  })
  async update(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, CONTACT_PATCH);
    const wish = contactWishOf(value);
    return this.commands.run(exchange, body, async (who) => {
      const { id: contactId } = await contactAt(this.pool, exchange.principal, name);
      return { ...who, command: 'change_contact', contactId, wish, faults };
    });
  }

  @PutRoute('external/:integration/:external_id', {
    isVersioned: true,
    operationId: 'upsertContact',
    summary: 'Make the contact that an integration calls so, or change it',
    description:
      'What is not said stays as it is. Whoever wrote or called under one of the addresses, and is known to no integration, turns out to be this contact.',
    parameters: [INTEGRATION, EXTERNAL_ID],
    body: bodyOf(contactFields(null)),
    answer: ContactResource,
    problems: OF_IDENTITIES,
  })
  @ApiResponse({ status: 201, description: 'It was made.', type: ContactResource })
  async upsert(
    @Param('integration') integration: string,
    @Param('external_id') externalId: string,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, contactFields(await this.countryOf(exchange)));
    const key = readKey(integration, externalId);
    const said = { wish: contactWishOf(value), identities: value.identities ?? [], faults: [...faults, ...key.faults] };
    return this.commands.run(exchange, body, (who) => ({ ...who, ...said, ...key.names, command: 'upsert_contact' }));
  }

  @CommandRoute('merge', {
    operationId: 'mergeContacts',
    summary: 'Let contacts live on in another one',
    description:
      'Their ids and identities answer as the one that lives on. Cases of theirs that are not closed are its own a moment later, each with an event; closed ones stay as they are, and are listed with its own. `If-Match` is about the one that lives on.',
    body: bodyOf(MERGE),
    headers: [IF_MATCH],
    answer: ContactResource,
    problems: [...OF_VERSIONS, ...OF_WISHES, 'unknown-contact', 'merge-not-allowed'],
  })
  async merge(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, MERGE);
    return this.commands.run(exchange, body, async (who) => {
      const into = value.into === undefined ? null : await this.named(exchange, value.into, '/into');
      const from = await Promise.all((value.from ?? []).map((one, at) => this.named(exchange, one, `/from/${at}`)));
      const unnamed = [...(into === null ? [] : into.faults), ...from.flatMap((one) => one.faults)];
      return {
        ...{ ...who, command: 'merge_contacts', faults: [...faults, ...unnamed] },
        ...{ into: into?.id ?? null, from: from.flatMap(({ id }) => id ?? []) },
      };
    });
  }

  @CommandRoute(':id/unmerge', {
    operationId: 'unmergeContact',
    summary: 'Make a contact that was merged into this one itself again',
    description: 'Cases that are not closed go back to whom they are about, as far as nobody has said otherwise since.',
    parameters: [CONTACT_ID],
    body: bodyOf(UNMERGE),
    isVersioned: true,
    answer: ContactResource,
    problems: [...OF_WISHES, 'target-not-allowed'],
  })
  async unmerge(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, UNMERGE);
    return this.commands.run(exchange, body, async (who) => {
      const { id: contactId } = await contactAt(this.pool, exchange.principal, name);
      return { ...who, command: 'unmerge_contact', contactId, mergedId: value.contact_id ?? null, faults };
    });
  }

  /** Where numbers are from that name no country. */
  private async countryOf({ principal: { accountId } }: Exchange): Promise<string | null> {
    return (await loadAccount(this.pool, accountId))?.default_country ?? null;
  }

  /** The id that a name within a body leads to. */
  private async named(
    { principal: { accountId } }: Exchange,
    called: ContactCalled,
    pointer: string,
  ): Promise<{ readonly id: string | null; readonly faults: readonly Fault[] }> {
    const ids = called.by === 'id' ? [called.value] : await bearersOf(this.pool, accountId, called);
    const [id = null] = ids;
    const detail =
      ids.length === 0 ? 'The account has no such contact.' : 'Several contacts share the name: give an id.';
    return ids.length === 1 ? { id, faults: [] } : { id: null, faults: [{ pointer, code: 'unknown-contact', detail }] };
  }
}

const LONGEST_INTEGRATION = 100;
const LONGEST_EXTERNAL_ID = 500;

/** The key of a path, as identities keep it. */
function readKey(integration: string, externalId: string) {
  const fits = (value: string, longest: number): boolean =>
    value.trim() !== '' && value.length <= longest && !/[\p{Cc}\p{Surrogate}]/u.test(value);
  const isSound =
    fits(integration, LONGEST_INTEGRATION) && !integration.includes(':') && fits(externalId, LONGEST_EXTERNAL_ID);
  const detail = `The path has an integration of 1 to ${LONGEST_INTEGRATION} characters, no colon among them, and an id of 1 to ${LONGEST_EXTERNAL_ID}.`;
  const names = { integration: integration.normalize('NFC'), externalId: externalId.normalize('NFC') };
  return { names, faults: isSound ? [] : [{ pointer: '', code: 'validation-failed', detail }] };
}
