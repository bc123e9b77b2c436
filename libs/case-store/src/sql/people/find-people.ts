import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Of one name at most so many bearers come along: a switchboard may be the number of thousands. */
const MOST_BEARERS = 100;

/** Everybody who is tied to the contacts in `source` by merges that stand. */
const familyOf = (source: string, name: string): string => `
  ${name} (id) as (
    select id from ${source}
    union
    select tied.id
    from ${name} f
    cross join lateral (
      select m.winner_id as id from contact_merge m
      where m.account_id = $1 and m.loser_id = f.id and m.undone_at is null
      union all
      select m.loser_id from contact_merge m
      where m.account_id = $1 and m.winner_id = f.id and m.undone_at is null
    ) as tied
  )`;

const FIND_PEOPLE = `
  with recursive named (id) as (
    select unnest($2::uuid[])
    union
    select bearer.contact_id
    from unnest($3::text[], $4::text[]) as given (kind, value)
    cross join lateral (
      select i.contact_id from contact_identity i
      where i.account_id = $1 and i.kind = given.kind and i.value = given.value
      limit ${MOST_BEARERS}
    ) as bearer
  ), ${familyOf('named', 'family')}, family_name (kind, value) as materialized (
    select distinct own.kind, own.value
    from family f
    cross join lateral (
      select i.kind, i.value from contact_identity i
      where i.account_id = $1 and i.contact_id = f.id
      offset 0
    ) as own
  ), beside (id) as (
    select distinct other.contact_id
    from family_name own
    cross join lateral (
      select o.contact_id from contact_identity o
      where o.account_id = $1 and o.kind = own.kind and o.value = own.value
      limit ${MOST_BEARERS}
    ) as other
  ), ${familyOf('beside', 'others')}
  select c.id
  from (select id from family union select id from others) as found
  cross join lateral (
    select id from contact where account_id = $1 and id = found.id offset 0
  ) as c
  order by c.id`;

/**
 * Ids of contacts that may change when the named ones do: these, the bearers of the names, all who were merged with them,
 * and whoever bears a name of any of those, with their own. No lock is taken.
 *
 * Everything is looked up by what was found before it (`offset 0`), whatever the planner believes: before the tables were ever
 * analysed, as in the first import, it looked up the bearers of every name of the account and kept those of the family.
 */
export async function findPeople(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
  names: readonly { readonly kind: string; readonly value: string }[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_people',
    text: FIND_PEOPLE,
    values: [
      accountId,
      plainArray(ids),
      plainArray(names.map(({ kind }) => kind)),
      textArray(names.map(({ value }) => value)),
    ],
  });
  return rows.map(({ id }) => id);
}
