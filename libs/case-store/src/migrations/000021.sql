-- Lists of cases by a tag or by a value of a custom field (ADR 26).

-- What a case is marked with: its tags, and the values of its custom fields, each choice by itself. Hashes, because values are
-- long and of any type: whoever reads by them compares the case too. Equal values have equal hashes, 5 and 5.0 as well.
create function case_marks(tags text[], custom_fields jsonb) returns setof bigint
language sql immutable parallel safe as $$
  select jsonb_hash_extended(to_jsonb(tag), 0) from unnest(tags) as tag
  union
  select jsonb_hash_extended(jsonb_build_object(field.key, chosen.value), 0)
  from jsonb_each(custom_fields) as field
  cross join lateral jsonb_array_elements(
    case jsonb_typeof(field.value) when 'array' then field.value else jsonb_build_array(field.value) end
  ) as chosen
$$;

-- The cases of each mark in the order in which lists show them.
create table case_mark (
  account_id uuid not null,
  mark bigint not null,
  case_id uuid not null,
  primary key (account_id, mark, case_id)
);
insert into case_mark (account_id, mark, case_id)
select c.account_id, mark, c.id from cases c cross join lateral case_marks(c.tags, c.custom_fields) as mark
where c.tags <> '{}' or c.custom_fields <> '{}';

-- Kept by the database itself, so that no writer can forget it. A mail opens cases that have neither, and pays for nothing.
create function mark_case() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from case_mark m using case_marks(old.tags, old.custom_fields) as former
    where m.account_id = old.account_id and m.mark = former and m.case_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into case_mark (account_id, mark, case_id)
    select new.account_id, mark, new.id from case_marks(new.tags, new.custom_fields) as mark;
  end if;
  return null;
end
$$;
create trigger mark_new_case after insert on cases
for each row when (new.tags <> '{}' or new.custom_fields <> '{}') execute function mark_case();
create trigger mark_changed_case after update on cases
for each row when (old.tags <> new.tags or old.custom_fields <> new.custom_fields) execute function mark_case();
create trigger unmark_purged_case after delete on cases
for each row when (old.tags <> '{}' or old.custom_fields <> '{}') execute function mark_case();

-- Tasks that nobody has, by when they are due: a mail writes into neither.
create index cases_due_unassigned on cases (
  account_id, (case when closed_at is null then category else 'closed' end), due_at, id
) where due_at is not null and assignee_id is null;
create index cases_due_tags on cases using gin (tags) with (fastupdate = off) where tags <> '{}' and due_at is not null;
