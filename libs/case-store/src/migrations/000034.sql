-- Erasing a person. Files that what was erased referred to: they go when nothing else refers to them.
alter table contact_erasure add column contents text[] not null default '{}';

-- I-4: as before; besides, whoever says for its transaction that it protects people may take tags out of settled cases.
create or replace function leave_settled_cases() returns trigger language plpgsql as $$
declare
  kept cases := new;
begin
  if old.closed_at is null and new.deleted_at is null then
    return new;
  end if;
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
    kept.tags := old.tags;
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

-- The same for files: they may be called otherwise, and taken away.
create or replace function leave_attachments_of_closed_cases() returns trigger language plpgsql as $$
declare
  file attachment := coalesce(new, old);
begin
  if current_setting('casewright.privacy', true) = 'on' then
    if tg_op = 'DELETE' then
      return old;
    end if;
    if tg_op = 'UPDATE' and to_jsonb(new) - 'file_name' = to_jsonb(old) - 'file_name' then
      return new;
    end if;
  end if;
  if file.case_id is not null and exists (
    select 1 from cases c where c.account_id = file.account_id and c.id = file.case_id and c.closed_at is not null
  ) then
    raise exception 'case % is closed: nothing of it changes any more', file.case_id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'attachment';
  end if;
  return file;
end
$$;
