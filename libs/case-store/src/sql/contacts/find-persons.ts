import { rowsOf, type Queryable } from '../../queryable.js';

/** What a person is known by: an id of a contact, an identity, or the address of an agent. */
export interface PersonName {
  readonly by: 'id' | 'email' | 'phone' | 'external';
  readonly value: string;
}

/** An id that cases name a person by, and the person: the surviving contact where contacts were merged. */
export interface PersonId {
  readonly id: string;
  readonly personId: string;
}

/** Whoever bears the name: several people where they share it. Nobody, when nobody does. */
export async function findPersons(
  client: Queryable,
  accountId: string,
  { by, value }: PersonName,
): Promise<PersonId[]> {
  return rowsOf<PersonId>(client, {
    name: 'find_persons',
    text: `
      with bearer as (
        select contact_id as id from contact_identity where account_id = $1 and kind = $2 and value = $3
        union
        select id from contact where account_id = $1 and id = $4::uuid
      ), person as (
        select c.id, coalesce(c.merged_into, c.id) as person_id
        from bearer b
        join contact c on c.account_id = $1 and c.id = b.id
        where c.deleted_at is null
      )
      select id, person_id as "personId" from person
      union
      select person_id, person_id from person
      union
      select id, id from agent where account_id = $1 and $2 = 'email' and email = $3`,
    values: [accountId, by, value, by === 'id' ? value : null],
  });
}
