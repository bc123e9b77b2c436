-- Cases by their words.

-- What search finds a case by, folded by the program (`foldText`). Filled behind the commit: nobody who writes a case
-- waits for it. Cases in the trash are not in it.
create table case_search (
  account_id uuid not null,
  case_id uuid not null,
  text text not null,
  primary key (account_id, case_id)
);

-- What has to be looked at again: cases that changed, which the relay notes in the step in which it is done with their
-- announcement, and people who are called otherwise. Whoever deletes a row has written what followed from it.
create table search_queue (
  id bigint generated always as identity primary key,
  account_id uuid not null,
  case_ids uuid[] not null default '{}',
  requester_ids uuid[] not null default '{}',
  noted_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, toast_tuple_target = 8160);
alter table search_queue alter column case_ids set storage external;

create function note_renamed_requester() returns trigger language plpgsql as $$
begin
  insert into search_queue (account_id, requester_ids) values (old.account_id, array[old.id]);
  return null;
end
$$;
create trigger note_renamed_requester after update on contact
  for each row when ((old.name, old.deleted_at) is distinct from (new.name, new.deleted_at))
  execute function note_renamed_requester();
create trigger note_renamed_requester after update on agent
  for each row when ((old.name, old.email) is distinct from (new.name, new.email))
  execute function note_renamed_requester();

-- Addresses that a contact is given with its first message come with its first case; mails pay nothing for this.
create function note_readdressed_requester() returns trigger language plpgsql as $$
begin
  insert into search_queue (account_id, requester_ids) values (old.account_id, array[old.contact_id]);
  return null;
end
$$;
create trigger note_readdressed_requester after update or delete on contact_identity
  for each row execute function note_readdressed_requester();

-- All that there are.
insert into search_queue (account_id, case_ids)
select account_id, array_agg(id)
from (
  select account_id, id, (row_number() over (partition by account_id order by id desc)) / 500 as portion
  from cases
  where deleted_at is null
) as c
group by account_id, portion
order by portion;
