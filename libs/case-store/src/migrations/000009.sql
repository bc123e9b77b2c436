-- What is restored lives again, and may lose in the same write what went while it was in the trash: the problem that it
-- was an incident of, the case that it was part of. Otherwise as before.
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

-- Whoever shows a case shows its links, on whichever side they stand, and a purge takes both away.
create index case_link_to on case_link (account_id, to_case_id);
