/** Of contacts what the rows show as they stand; each statement returns what breaks it. */
export const INVARIANTS_OF_CONTACTS: Readonly<Record<string, string>> = {
  /** An address that anybody was told to have is exactly one contact's. */
  'one holder': `
    select account_id, value, count(*) filter (where is_held) as holders
      from contact_identity
     where kind = 'email'
     group by account_id, value
    having count(*) filter (where is_held) <> 1`,

  /** Who was merged lives on in a contact that is there and was merged into none: no circles, no chains. */
  'one survivor': `
    select c.id, c.merged_into
      from contact c
      left join contact s on s.account_id = c.account_id and s.id = c.merged_into
     where c.merged_into is not null and (s.id is null or s.merged_into is not null)`,

  /** Who was merged was so by somebody's word that stands. Throw-away contacts live on in whom their case is for. */
  'said merges': `
    select c.id, c.merged_into
      from contact c
     where c.merged_into is not null and c.kind <> 'anonymous' and not exists (
       select 1 from contact_merge m
        where m.account_id = c.account_id and m.undone_at is null and c.id in (m.loser_id, m.winner_id))`,

  /** What is current belongs to somebody who is there. */
  'live identities': `
    select i.kind, i.contact_id
      from contact_identity i
      join contact c on c.account_id = i.account_id and c.id = i.contact_id
     where c.deleted_at is not null and not i.is_former`,
};

/** Forged rows, one breach for each of them, in a database where somebody has written by mail. */
export const BREACHES_OF_CONTACTS: readonly (readonly [name: string, what: string, forgery: string])[] = [
  ['one holder', 'an address is nobody’s', 'update contact_identity set is_held = false'],
  ['one survivor', 'a contact lives on in nobody', 'update contact set merged_into = gen_random_uuid()'],
  [
    'one survivor',
    'two contacts live on in one another',
    `insert into contact (account_id, id, created_at, merged_into)
     select account_id, '01900000-0000-7000-8000-00000000000c', now(), id from contact limit 1;
     update contact set merged_into = '01900000-0000-7000-8000-00000000000c' where merged_into is null`,
  ],
  [
    'said merges',
    'nobody has said that a contact is another one',
    `insert into contact (account_id, id, created_at, merged_into)
     select account_id, gen_random_uuid(), now(), id from contact limit 1`,
  ],
  ['live identities', 'somebody who is gone has an address', 'update contact set deleted_at = now()'],
];
