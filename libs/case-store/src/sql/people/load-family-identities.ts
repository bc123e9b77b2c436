import type { ContactIdentity } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An identity, or a contact without any, of a person. */
export interface FamilyIdentity {
  readonly personId: string;
  /** The person's own id, or that of a contact that lives on in it. */
  readonly contactId: string;
  /** Null: the contact has none. */
  readonly identity: ContactIdentity | null;
}

interface Row extends Omit<ContactIdentity, 'verifiedAt' | 'firstSeen' | 'told' | 'kind'> {
  readonly personId: string;
  readonly kind: ContactIdentity['kind'] | null;
  readonly verifiedAt: Date | null;
  readonly firstSeen: Date | null;
}

/** Identities of people with those of the contacts that live on in them, in the order of persons and contacts. */
export async function loadFamilyIdentities(
  client: Queryable,
  accountId: string,
  personIds: readonly string[],
): Promise<FamilyIdentity[]> {
  const rows = await rowsOf<Row>(client, {
    name: 'load_family_identities',
    text: `
      select
        member.person as "personId", member.id as "contactId", i.kind, i.value, i.value_raw as raw, i.label,
        i.is_primary as primary, i.verified_at as "verifiedAt", i.said_shared as shared, i.is_former as former,
        i.is_held as held, i.first_seen as "firstSeen"
      from (
        select given.id as person, given.id from unnest($2::uuid[]) as given (id)
        union all
        select m.merged_into, m.id
        from contact m
        where m.account_id = $1 and m.merged_into = any ($2::uuid[]) and m.kind <> 'anonymous'
      ) as member
      left join contact_identity i on i.account_id = $1 and i.contact_id = member.id
      order by member.person, member.id, i.kind, i.value`,
    values: [accountId, plainArray(personIds)],
  });
  return rows.map(({ personId, kind, verifiedAt, firstSeen, ...identity }) => ({
    personId,
    contactId: identity.contactId,
    identity:
      kind === null
        ? null
        : {
            ...identity,
            kind,
            verifiedAt: verifiedAt?.toISOString() ?? null,
            firstSeen: firstSeen?.toISOString() ?? '',
            told: {},
          },
  }));
}
