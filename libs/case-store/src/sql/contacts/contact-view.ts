import type { ContactIdentity, ContactKind, CustomValue } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An identity of a contact, or of one that lives on in it; what several of them were told of is there once. */
export interface ContactIdentityView extends Pick<
  ContactIdentity,
  'contactId' | 'kind' | 'value' | 'raw' | 'label' | 'primary' | 'shared' | 'former' | 'held'
> {
  readonly verifiedAt: Date | null;
  readonly firstSeen: Date;
  /** Integrations that told it, sorted. */
  readonly sources: readonly string[];
}

/** A contact as people see it: with all who live on in it. */
export interface ContactView {
  readonly id: string;
  readonly kind: ContactKind;
  readonly name: string | null;
  readonly company: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly url: string | null;
  readonly customFields: Readonly<Record<string, CustomValue>>;
  readonly blocked: boolean;
  /** Ids of those that live on in it, sorted; throw-away ones are left out. */
  readonly mergedFrom: readonly string[];
  readonly identities: readonly ContactIdentityView[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** When a contact changed last. */
export const CHANGED_AT = 'coalesce(c.updated_at, c.created_at)';
/** Which contacts `c` are shown: the indexes of lists are of these, in these very words (migrations 29 and 35). */
export const SHOWN = `c.kind <> 'anonymous' and c.merged_into is null and c.deleted_at is null`;

/** `select … from <source> c`; the source has all columns of `contact`. */
export const selectContactsFrom = (source: string): string => `
  select
    c.id, c.kind, c.name, c.company, c.locale, c.time_zone as "timeZone", c.url, c.custom_fields as "customFields",
    c.blocked, c.version, c.created_at as "createdAt", ${CHANGED_AT} as "updatedAt"
  from ${source} c`;

type ContactRow = Omit<ContactView, 'mergedFrom' | 'identities'>;

interface FamilyRow {
  readonly shownId: string;
  readonly mergedFrom: readonly string[];
}

/** The views of rows of `selectContactsFrom`, in their order. */
export async function contactViewsOf(
  client: Queryable,
  accountId: string,
  rows: readonly ContactRow[],
): Promise<ContactView[]> {
  if (rows.length === 0) {
    return [];
  }
  const ids = rows.map(({ id }) => id);
  const families = await rowsOf<FamilyRow>(client, {
    name: 'contact_families',
    text: FAMILIES,
    values: [accountId, ids],
  });
  const identities = await rowsOf<ContactIdentityView & { readonly shownId: string }>(client, {
    name: 'contact_identities',
    text: IDENTITIES,
    values: [accountId, ids],
  });
  const merged = new Map(families.map(({ shownId, mergedFrom }) => [shownId, mergedFrom]));
  return rows.map((row) => ({
    ...row,
    mergedFrom: merged.get(row.id) ?? [],
    identities: identities.flatMap(({ shownId, ...identity }) => (shownId === row.id ? [identity] : [])),
  }));
}

const FAMILIES = `
  select merged_into as "shownId", array_agg(id::text order by id) as "mergedFrom"
  from contact
  where account_id = $1 and merged_into = any ($2::uuid[]) and kind <> 'anonymous'
  group by merged_into`;

const IDENTITIES = `
  with family as (
    select shown as shown_id, shown as id from unnest($2::uuid[]) as shown
    union all
    select c.merged_into, c.id from contact c where c.account_id = $1 and c.merged_into = any ($2::uuid[])
  )
  select
    f.shown_id as "shownId",
    (array_agg(i.contact_id::text order by i.first_seen, i.contact_id))[1] as "contactId",
    i.kind, i.value,
    (array_agg(i.value_raw order by i.first_seen, i.contact_id))[1] as raw,
    (array_agg(i.label order by i.first_seen, i.contact_id) filter (where i.label is not null))[1] as label,
    bool_or(i.is_primary) as primary,
    min(i.verified_at) as "verifiedAt",
    bool_or(i.is_shared or i.said_shared) as shared,
    bool_and(i.is_former) as former,
    bool_or(i.is_held) as held,
    min(i.first_seen) as "firstSeen",
    array(
      select distinct source
      from unnest(array_agg(i.told)) as told, jsonb_object_keys(told) as source
      where source <> ''
      order by source
    ) as sources
  from family f
  join contact_identity i on i.account_id = $1 and i.contact_id = f.id
  group by f.shown_id, i.kind, i.value
  order by bool_and(i.is_former), i.kind, bool_or(i.is_primary) desc, min(i.first_seen), i.value`;
