import { rowsOf, type Queryable } from '../../queryable.js';

/** What a contact is found by. */
export interface ContactTexts {
  readonly id: string;
  /** Names, company, addresses, numbers, and what integrations call it. */
  readonly texts: readonly string[];
}

/**
 * The texts of those of the contacts that lists show, and of those in whom others of them live on: with what was told of
 * all who live on in them. Each contact's are looked up by its id, also before the tables were ever analysed.
 */
export async function loadContactTexts(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<ContactTexts[]> {
  return rowsOf<ContactTexts>(client, {
    name: 'load_contact_texts',
    text: `
      with shown as (
        select distinct coalesce(merged_into, id) as id
        from contact
        where account_id = $1 and id = any ($2::uuid[])
      )
      select c.id, array_remove(array[c.name, c.company], null) || array(
        select m.name from contact m
        where m.account_id = $1 and m.merged_into = c.id and m.name <> c.name
        union
        select unnest(array[i.value, i.value_raw])
        from (
          select c.id
          union all
          select m.id from contact m where m.account_id = $1 and m.merged_into = c.id
        ) as member
        cross join lateral (
          select i.value, i.value_raw from contact_identity i
          where i.account_id = $1 and i.contact_id = member.id and i.is_held
          offset 0
        ) as i
        order by 1
      ) as texts
      from shown
      cross join lateral (
        select id, name, company, kind, merged_into, deleted_at from contact
        where account_id = $1 and id = shown.id
        offset 0
      ) as c
      where c.deleted_at is null and c.merged_into is null and c.kind <> 'anonymous'`,
    values: [accountId, contactIds],
  });
}
