import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface IdentityRow {
  readonly kind: string;
  readonly value: string;
  readonly contactId: string;
  readonly verified: boolean;
  readonly shared: boolean;
  readonly blocked: boolean;
  readonly holders: readonly string[];
  readonly lineContactId: string | null;
  readonly name: string | null;
}

/**
 * The holders of each identity, by the surviving contacts where contacts were merged; who stands for a line that several
 * share is no holder, and whose it was only where it is nobody's now. `offset 0` keeps the order of the
 * probes: from the identity to its contact, also while the statistics know of no rows; whom a contact lives on in is looked
 * for only where it was merged.
 */
export async function loadIdentities(
  client: Queryable,
  accountId: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<IdentityRow[]> {
  return rowsOf<IdentityRow>(client, {
    name: 'load_identities',
    text: `
      select given.kind, given.value,
        coalesce(min(c.survivor::text) filter (where not c.is_line), min(c.survivor::text)) as "contactId",
        bool_or(i.verified_at is not null) as verified,
        bool_or(i.said_shared) or count(distinct c.survivor) filter (where not c.is_line) <> 1 as shared,
        bool_or(c.blocked) as blocked,
        coalesce(
          array_agg(distinct c.survivor::text order by c.survivor::text) filter (where not c.is_line), '{}'
        ) as holders,
        min(c.survivor::text) filter (where c.is_line) as "lineContactId",
        min(c.name) filter (where not c.is_line) as name
      from unnest($2::text[], $3::text[]) as given (kind, value)
      cross join lateral (
        select contact_id, verified_at, said_shared
        from contact_identity i
        where i.account_id = $1 and i.kind = given.kind and i.value = given.value and i.is_held
          and (not i.is_former or not exists (
            select 1 from contact_identity o
            where o.account_id = $1 and o.kind = i.kind and o.value = i.value and o.is_held and not o.is_former
          ))
        offset 0
      ) as i
      cross join lateral (
        select coalesce(s.id, c.id) as survivor, c.blocked or coalesce(s.blocked, false) as blocked,
          case when s.id is null then c.name else s.name end as name, coalesce(s.kind, c.kind) = 'shared_line' as is_line
        from contact c
        left join lateral (
          select o.id, o.blocked, o.name, o.kind
          from contact o
          where c.merged_into is not null and o.account_id = $1 and o.id = surviving_contact($1, c.id)
          offset 0
        ) as s on true
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
