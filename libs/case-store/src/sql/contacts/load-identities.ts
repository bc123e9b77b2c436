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

/** The holder of each identity, by the surviving contact where contacts were merged. */
export async function loadIdentities(
  client: Queryable,
  accountId: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<IdentityRow[]> {
  return rowsOf<IdentityRow>(client, {
    name: 'load_identities',
    text: `
      select
        i.kind, i.value, min(coalesce(c.merged_into, c.id)::text) as "contactId",
        bool_or(i.verified_at is not null) as verified,
        bool_or(i.is_shared) or count(distinct coalesce(c.merged_into, c.id)) > 1 as shared,
        bool_or(c.blocked) as blocked
      from unnest($2::text[], $3::text[]) as given (kind, value)
      join contact_identity i on i.account_id = $1 and i.kind = given.kind and i.value = given.value
      join contact c on c.account_id = $1 and c.id = i.contact_id
      where c.deleted_at is null
      group by i.kind, i.value`,
    values: [
      accountId,
      plainArray(identities.map((identity) => identity.kind)),
      textArray(identities.map((identity) => identity.value)),
    ],
  });
}
