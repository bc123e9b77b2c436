-- Contacts by their words, and in the orders in which they are listed.

-- What search finds a contact by, folded by the program (`searchableText`). Filled behind the commit, as that of cases.
-- Throw-away contacts, and those that were merged or taken away, are not in it.
create table contact_search (
  account_id uuid not null,
  contact_id uuid not null,
  text text not null,
  primary key (account_id, contact_id)
);

-- Contacts that have to be looked at again beside the cases of people.
alter table search_queue add column contact_ids uuid[] not null default '{}';
alter table search_queue alter column contact_ids set storage external;

create function note_new_contacts() returns trigger language plpgsql as $$
begin
  insert into search_queue (account_id, contact_ids)
  select account_id, array_agg(id) from told where kind <> 'anonymous' group by account_id;
  return null;
end
$$;
create trigger note_new_contacts after insert on contact
  referencing new table as told for each statement execute function note_new_contacts();

-- An identity that is told of a contact which lives on in another one is that one's to be found by.
create function note_new_identities() returns trigger language plpgsql as $$
begin
  insert into search_queue (account_id, contact_ids)
  select account_id, array_agg(distinct contact_id) from told group by account_id;
  return null;
end
$$;
create trigger note_new_identities after insert on contact_identity
  referencing new table as told for each statement execute function note_new_identities();

-- A contact that lives on in another one is found as that one.
create function note_changed_contact() returns trigger language plpgsql as $$
begin
  insert into search_queue (account_id, contact_ids)
  values (new.account_id, array_remove(array[new.id, old.merged_into, new.merged_into], null));
  return null;
end
$$;
create trigger note_changed_contact after update on contact
  for each row when (
    (old.name, old.company, old.kind, old.merged_into, old.deleted_at)
    is distinct from (new.name, new.company, new.kind, new.merged_into, new.deleted_at)
  )
  execute function note_changed_contact();

-- When an identity was told last makes no difference to who finds it.
drop trigger note_readdressed_requester on contact_identity;
create trigger note_readdressed_requester after update on contact_identity
  for each row when (
    (old.value, old.value_raw, old.contact_id, old.is_held)
    is distinct from (new.value, new.value_raw, new.contact_id, new.is_held)
  )
  execute function note_readdressed_requester();
create trigger note_taken_identity after delete on contact_identity
  for each row execute function note_readdressed_requester();

-- In which version each part changed last, for who writes to a version that is not there any more. Names of parts alone.
alter table contact add column changed_in jsonb not null default '{}';
create function note_changed_parts() returns trigger language plpgsql as $$
declare
  changed jsonb;
begin
  select jsonb_object_agg(part, new.version) into changed
  from (
    values
      ('name', old.name is distinct from new.name),
      ('company', old.company is distinct from new.company),
      ('locale', old.locale is distinct from new.locale),
      ('time_zone', old.time_zone is distinct from new.time_zone),
      ('url', old.url is distinct from new.url),
      ('kind', old.kind <> new.kind),
      ('blocked', old.blocked <> new.blocked),
      ('custom_fields', old.custom_fields <> new.custom_fields)
  ) as parts (part, differs)
  where differs;
  -- What stands in other rows: its identities, and who lives on in it.
  new.changed_in := old.changed_in || coalesce(changed, jsonb_build_object('identities', new.version));
  return new;
end
$$;
create trigger note_changed_parts before update on contact
  for each row when (old.version <> new.version) execute function note_changed_parts();

-- The orders and the narrow lists of contacts; by age they are listed as their ids sort (`contact_by_age`).
create index contact_by_change on contact (account_id, (coalesce(updated_at, created_at)), id)
  where kind <> 'anonymous' and merged_into is null and deleted_at is null;
create index contact_line on contact (account_id, id)
  where kind = 'shared_line' and merged_into is null and deleted_at is null;
create index contact_blocked on contact (account_id, id)
  where blocked and kind <> 'anonymous' and merged_into is null and deleted_at is null;

-- All that there are.
insert into search_queue (account_id, contact_ids)
select account_id, array_agg(id)
from (
  select account_id, id, (row_number() over (partition by account_id order by id desc)) / 500 as portion
  from contact
  where deleted_at is null and merged_into is null and kind <> 'anonymous'
) as c
group by account_id, portion
order by portion;
