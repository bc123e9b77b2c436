-- Links that people make and take away: they have a name, and say who made them.
drop trigger leave_links_of_closed_cases on case_link;

alter table case_link
  add column id uuid,
  -- Null: it follows from a rule.
  add column created_by json,
  -- The agent for whom a client made it.
  add column on_behalf_of uuid;

-- UUIDv7 (RFC 9562 §5.7): the milliseconds in which it was made, then chance. The bits make version 7 of version 4.
update case_link
set id = encode(
  set_bit(set_bit(
    overlay(
      uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from created_at) * 1000)::bigint) from 3) from 1 for 6
    ), 52, 1), 53, 1),
  'hex'
)::uuid;

drop index case_link_to;
alter table case_link
  alter column id set not null,
  drop constraint case_link_pkey,
  add primary key (account_id, id),
  add constraint one_link_of_a_kind unique (account_id, from_case_id, to_case_id, kind),
  add constraint never_linked_with_itself check (from_case_id <> to_case_id);
-- Related is the same from both sides.
create unique index one_relation_of_two_cases
  on case_link (account_id, least(from_case_id, to_case_id), greatest(from_case_id, to_case_id)) where kind = 'related';
create index case_link_from on case_link (account_id, from_case_id, id);
create index case_link_to on case_link (account_id, to_case_id, id);

-- A link stands on one case's side and is part of it; only the merge that closes a case leaves one there. What people
-- relate is part of both cases: as long as both are there, nobody makes such a link by hand, and nobody takes one away,
-- while one of them is closed or in the trash. Rules tie a new case to any other one.
create function check_link_of_settled_cases(link case_link, by_hand boolean) returns void language plpgsql as $$
declare
  closed boolean;
begin
  if link.kind <> 'merged' and exists (
    select 1 from cases c where c.account_id = link.account_id and c.id = link.from_case_id and c.closed_at is not null
  ) then
    raise exception 'case % is closed: nothing of it changes any more', link.from_case_id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'case_link';
  end if;
  if link.kind <> 'related' or not by_hand then
    return;
  end if;
  select num_nonnulls(one.closed_at, other.closed_at) > 0 into closed
  from cases one
  join cases other on other.account_id = one.account_id and other.id = link.to_case_id
  where one.account_id = link.account_id and one.id = link.from_case_id
    and num_nonnulls(one.closed_at, one.deleted_at, other.closed_at, other.deleted_at) > 0;
  if closed then
    raise exception 'a case of link % is closed: nothing of it changes any more', link.id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'case_link';
  elsif not closed then
    raise exception 'a case of link % is in the trash: it can be restored or purged', link.id
      using errcode = 'check_violation', constraint = 'trashed_cases_are_left_alone', table = 'case_link';
  end if;
end
$$;

create or replace function leave_links_of_closed_cases() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform check_link_of_settled_cases(old, true);
  end if;
  if tg_op <> 'DELETE' then
    perform check_link_of_settled_cases(new, tg_op = 'UPDATE' or new.created_by is not null);
  end if;
  return coalesce(new, old);
end
$$;
create trigger leave_links_of_closed_cases before insert or update or delete on case_link
  for each row execute function leave_links_of_closed_cases();

-- Contacts that were merged, over any number of steps: whoever names one of them means the survivor, and the survivor's
-- cases are also those that still name another one, because closed cases keep what they say.
create index contact_merged on contact (account_id, merged_into) where merged_into is not null;

-- Null when damage has made a circle of the merges.
create function surviving_contact(of_account uuid, named uuid) returns uuid language sql stable as $$
  with recursive reached as (
    select c.id, c.merged_into from contact c where c.account_id = of_account and c.id = named
    union
    select c.id, c.merged_into from reached r join contact c on c.account_id = of_account and c.id = r.merged_into
  )
  select id from reached where merged_into is null
$$;
