import { rowsOf, type Queryable } from '../../queryable.js';

/** Somebody who bears an identity. */
export interface Holder {
  readonly kind: string;
  readonly value: string;
  readonly id: string;
}

/**
 * Everybody who bears the identities: all contacts of a shared one, the surviving contact beside one that was merged
 * into it, and the agent of an address.
 */
export async function findHolders(
  client: Queryable,
  accountId: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<Holder[]> {
  return rowsOf<Holder>(client, {
    text: `
      with given as (select * from unnest($2::text[], $3::text[]) as given (kind, value)),
      holder as (
        select given.kind, given.value, c.id, c.merged_into
        from given
        join contact_identity i on i.account_id = $1 and i.kind = given.kind and i.value = given.value
        join contact c on c.account_id = $1 and c.id = i.contact_id and c.deleted_at is null
      )
      select kind, value, id from holder
      union
      select kind, value, merged_into from holder where merged_into is not null
      union
      select given.kind, given.value, a.id
      from given join agent a on a.account_id = $1 and given.kind = 'email' and a.email = given.value`,
    values: [accountId, identities.map(({ kind }) => kind), identities.map(({ value }) => value)],
  });
}
