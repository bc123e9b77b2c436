import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What a person is known by: an id of a contact, an identity, or the address of an agent. */
export interface PersonName {
  readonly by: 'id' | 'email' | 'phone' | 'external';
  readonly value: string;
}

/** An id that cases name a person by, and the person: the surviving contact where contacts were merged. */
export interface PersonId extends PersonName {
  readonly id: string;
  readonly personId: string;
}

/**
 * Whoever bears the names: several people where they share one, nobody where nobody does. Of merged contacts each is
 * there, whichever of them was named: closed cases go on naming the one that they had (domain.md §11).
 */
export async function findPersons(
  client: Queryable,
  accountId: string,
  names: readonly PersonName[],
): Promise<PersonId[]> {
  return rowsOf<PersonId>(client, {
    name: 'find_persons',
    text: `
      with recursive given as (
        select * from unnest($2::text[], $3::text[]) as given (kind, value)
      ), bearer as (
        select given.kind, given.value, i.contact_id as id
        from given
        join contact_identity i on i.account_id = $1 and i.kind = given.kind and i.value = given.value and i.is_held
        union
        select kind, value, case kind when 'id' then value::uuid end from given where kind = 'id'
      ), family as (
        select distinct b.kind, b.value, c.id, c.id as person_id
        from bearer b
        join contact c on c.account_id = $1 and c.id = surviving_contact($1, b.id)
        where c.deleted_at is null
        union
        select f.kind, f.value, c.id, f.person_id
        from family f
        join contact c on c.account_id = $1 and c.merged_into = f.id
      )
      select kind as by, value, id, person_id as "personId" from family
      union all
      select given.kind, given.value, a.id, a.id
      from given
      join agent a on a.account_id = $1 and given.kind = 'email' and a.email = given.value`,
    values: [accountId, plainArray(names.map(({ by }) => by)), textArray(names.map(({ value }) => value))],
  });
}
