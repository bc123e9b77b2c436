-- Cases that people and programs write: tasks with their due dates, incidents of a problem, subcases, the trash.

alter table account add column incident_requires_problem boolean not null default true;

alter table cases
  add column due_on date,
  add column due_at timestamptz,
  add column due_time_zone text,
  add column problem_id uuid,
  add column parent_id uuid,
  -- False once somebody said that nobody is to have it.
  add column auto_assign boolean not null default true,
  -- I-6: a task has its day and somebody to do it.
  add constraint task_has_its_due_date check (
    (type is not distinct from 'task') = (due_on is not null)
    and (due_on is null) = (due_at is null) and (due_on is null) = (due_time_zone is null)
  ),
  add constraint task_has_an_assignee check (type is distinct from 'task' or assignee_id is not null),
  -- I-7, as far as one row shows it.
  add constraint only_incidents_have_problems check (problem_id is null or type is not distinct from 'incident'),
  -- I-17, as far as one row shows it.
  add constraint never_its_own_relative check (parent_id <> id and problem_id <> id);

create index cases_incidents on cases (account_id, problem_id)
  where problem_id is not null and closed_at is null and deleted_at is null;
create index cases_subcases on cases (account_id, parent_id) where parent_id is not null;

alter table case_event add column on_behalf_of json;

-- What is left of a case that was purged out of the trash.
create table purged_case (
  account_id uuid not null,
  id uuid not null,
  -- I-11: nobody else ever bears it.
  number bigint not null,
  purged_at timestamptz not null,
  purged_by json not null,
  primary key (account_id, id),
  unique (account_id, number)
);

-- I-4 and I-19: whatever wants to write it, a closed case stays as it is, and so does one in the trash. Trash and
-- restore pass, the count of what happened to it, and what erases people when it says so for its transaction.
create function leave_settled_cases() returns trigger language plpgsql as $$
declare
  kept cases := new;
begin
  kept.version := old.version;
  kept.updated_at := old.updated_at;
  kept.deleted_at := old.deleted_at;
  if current_setting('casewright.privacy', true) = 'on' then
    kept.subject := old.subject;
    kept.description := old.description;
    kept.resolution := old.resolution;
    kept.requester_match := old.requester_match;
    kept.supplied := old.supplied;
    kept.participants := old.participants;
    kept.via := old.via;
    kept.custom_fields := old.custom_fields;
  end if;
  if kept is distinct from old then
    if old.closed_at is not null then
      raise exception 'case % is closed: nothing of it changes any more', old.id
        using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'cases';
    end if;
    raise exception 'case % is in the trash: it can be restored or purged', old.id
      using errcode = 'check_violation', constraint = 'trashed_cases_are_left_alone', table = 'cases';
  end if;
  return new;
end
$$;
create trigger leave_settled_cases before update on cases
  for each row when (old.closed_at is not null or old.deleted_at is not null)
  execute function leave_settled_cases();

-- A link stands on one case's side and is part of it; only the merge that closes a case leaves one there.
create function leave_links_of_closed_cases() returns trigger language plpgsql as $$
declare
  link case_link := coalesce(new, old);
begin
  if link.kind <> 'merged' and exists (
    select 1 from cases c where c.account_id = link.account_id and c.id = link.from_case_id and c.closed_at is not null
  ) then
    raise exception 'case % is closed: nothing of it changes any more', link.from_case_id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'case_link';
  end if;
  return coalesce(new, old);
end
$$;
create trigger leave_links_of_closed_cases before insert or update or delete on case_link
  for each row execute function leave_links_of_closed_cases();
