import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface IdentityRow {
  readonly kind: string;
  readonly value: string;
  readonly contactId: string;
  readonly verified: boolean;
  readonly shared: boolean;
  readonly blocked: boolean;
}

/**
 * The holder of each identity, by the surviving contact where contacts were merged. `offset 0` keeps the order of the
 * probes: from the identity to its contact, also while the statistics know of no rows.
 */
export async function loadIdentities(
  client: Queryable,
  accountId: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<IdentityRow[]> {
  return rowsOf<IdentityRow>(client, {
    name: 'load_identities',
    text: `
      select
        given.kind, given.value, min(c.survivor::text) as "contactId",
        bool_or(i.verified_at is not null) as verified,
        bool_or(i.is_shared) or count(distinct c.survivor) > 1 as shared,
        bool_or(c.blocked) as blocked
      from unnest($2::text[], $3::text[]) as given (kind, value)
      cross join lateral (
        select contact_id, verified_at, is_shared
        from contact_identity i
        where i.account_id = $1 and i.kind = given.kind and i.value = given.value
        offset 0
      ) as i
      cross join lateral (
        select case when c.merged_into is null then c.id else surviving_contact($1, c.id) end as survivor, blocked
        from contact c
        where c.account_id = $1 and c.id = i.contact_id and c.deleted_at is null
        offset 0
      ) as c
      group by given.kind, given.value`,
    values: [
      accountId,
      plainArray(identities.map((identity) => identity.kind)),
      textArray(identities.map((identity) => identity.value)),
    ],
  });
}
