import type { ContactIdentityView, ContactView } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { Anything, Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export const IDENTITY_KINDS = ['email', 'phone', 'external'] as const;
export const CONTACT_KINDS = ['person', 'shared_line'] as const;

/** An address, a number, or what an integration calls the contact. */
export class ContactIdentityResource {
  @Uuid({ description: 'Names it beside `email:…`, `phone:…` and `external:…`.' }) id!: string;
  @OneOf(IDENTITY_KINDS) kind!: string;
  @Text({
    description:
      'Normalised: an address in lower case, a number as E.164 where a plan of the world knows it, `integration:id`.',
    example: '+351210000000',
  })
  value!: string;
  @Text({ description: 'As it was received.', example: '(+351) 210 000 000' }) value_raw!: string;
  @Text({ nullable: true, example: 'work' }) label!: string | null;
  @Truth({ description: 'The one of its kind to use first.' }) primary!: boolean;
  @Truth({ description: 'It is proven to be the contact’s.' }) verified!: boolean;
  @Instant({ nullable: true }) verified_at!: string | null;
  @Truth({ description: 'Several people use it: it identifies nobody alone.' }) shared!: boolean;
  @Truth({ description: 'It is the contact’s no more; what is old still leads to the contact by it.' })
  former!: boolean;
  @Truth({ description: 'Another contact has this address, and nobody is found by it here.' }) conflicting!: boolean;
  @Texts({ description: 'Integrations that told it.' }) sources!: readonly string[];
  @Instant() first_seen_at!: string;
}

export class ContactResource {
  @Uuid({ description: 'UUIDv7: sorts by time of creation.' }) id!: string;
  @Uuid() account_id!: string;
  @OneOf(['person', 'shared_line', 'anonymous'], {
    description:
      '`shared_line` stands for a number of which nobody knows who is speaking, `anonymous` for one caller who hid the number; the latter is in no list.',
  })
  kind!: string;
  @Text({ nullable: true, example: 'Rita Alves' }) name!: string | null;
  @Text({ nullable: true, example: 'Oficina Alves' }) company!: string | null;
  @Text({ nullable: true, description: 'BCP 47.', example: 'pt-PT' }) locale!: string | null;
  @Text({ nullable: true, example: 'Europe/Lisbon' }) time_zone!: string | null;
  @Text({ nullable: true, description: 'Where an integration shows the contact.' }) url!: string | null;
  @Anything({ description: 'Text, numbers, true and false by keys of your own.' })
  custom_fields!: Readonly<Record<string, unknown>>;
  @Truth({ description: 'What the contact writes or calls is recorded, and opens and changes no case.' })
  blocked!: boolean;
  @Many(() => ContactIdentityResource, { description: 'Current ones first, then former ones.' })
  identities!: ContactIdentityResource[];
  @Texts({ description: 'Ids of contacts that were merged into this one; each of them answers as this one.' })
  merged_from!: readonly string[];
  @Integer({ description: 'Rises with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export class ContactListResource {
  @Many(() => ContactResource) data!: ContactResource[];
  @One(() => PageResource) page!: PageResource;
}

export function contactResourceOf(accountId: string, view: ContactView): ContactResource {
  return {
    id: view.id,
    account_id: accountId,
    kind: view.kind,
    name: view.name,
    company: view.company,
    locale: view.locale,
    time_zone: view.timeZone,
    url: view.url,
    custom_fields: view.customFields,
    blocked: view.blocked,
    identities: view.identities.map((identity) => identityResourceOf(accountId, identity)),
    merged_from: view.mergedFrom,
    version: view.version,
    created_at: view.createdAt.toISOString(),
    updated_at: view.updatedAt.toISOString(),
  };
}

function identityResourceOf(accountId: string, identity: ContactIdentityView): ContactIdentityResource {
  const { kind, value, raw, label, primary, verifiedAt, shared, former, held, sources, firstSeen } = identity;
  return {
    id: identityIdOf(accountId, identity),
    kind,
    value,
    value_raw: raw,
    label,
    primary,
    verified: verifiedAt !== null,
    verified_at: verifiedAt?.toISOString() ?? null,
    shared,
    former,
    conflicting: !held,
    sources,
    first_seen_at: firstSeen.toISOString(),
  };
}

/** Nobody can tell from it whose it is or what it says, and paths with it are kept in logs. */
export function identityIdOf(
  accountId: string,
  { contactId, kind, value }: Pick<ContactIdentityView, 'contactId' | 'kind' | 'value'>,
): string {
  return declaredId(accountId, 'contact_identity', `${contactId} ${kind}:${value}`);
}
