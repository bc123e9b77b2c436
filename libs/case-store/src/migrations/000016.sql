-- Files that people upload, and attach to cases and comments. The bytes are in the blob store.
create table attachment (
  account_id uuid not null references account (id),
  id uuid not null,
  -- Cleaned.
  file_name text not null check (char_length(file_name) between 1 and 255),
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  scan_state text not null default 'not_scanned'
    check (scan_state in ('not_scanned', 'pending', 'clean', 'infected', 'failed')),
  -- Null: uploaded, and used by nothing yet.
  case_id uuid,
  comment_id uuid,
  created_at timestamptz not null,
  attached_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, case_id) references cases (account_id, id) on delete cascade,
  check ((case_id is null) = (attached_at is null) and (comment_id is null or case_id is not null))
);
create index attachment_of_case on attachment (account_id, case_id, attached_at, id) where case_id is not null;
create index attachment_of_comment on attachment (account_id, comment_id) where comment_id is not null;
create index attachment_unused on attachment (created_at) where case_id is null;
create index attachment_of_content on attachment (sha256);

-- Content that perhaps no attachment refers to: a timer looks, and deletes the bytes then.
create table unused_upload (
  sha256 text primary key,
  due_at timestamptz not null
);
create index unused_upload_due on unused_upload (due_at);

-- Whatever takes an attachment away, a purge included, leaves its content to be looked at.
create function leave_upload_of_attachment() returns trigger language plpgsql as $$
begin
  insert into unused_upload (sha256, due_at) values (old.sha256, now())
  on conflict (sha256) do update set due_at = least(unused_upload.due_at, excluded.due_at);
  return null;
end
$$;
create trigger leave_upload_of_attachment after delete on attachment
  for each row execute function leave_upload_of_attachment();

-- I-4: a closed case takes no attachment, and keeps those that it has; whoever says for its transaction that it protects
-- people takes them away.
create function leave_attachments_of_closed_cases() returns trigger language plpgsql as $$
declare
  file attachment := coalesce(new, old);
begin
  if tg_op = 'DELETE' and current_setting('casewright.privacy', true) = 'on' then
    return old;
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
create trigger leave_attachments_of_closed_cases before insert or update or delete on attachment
  for each row execute function leave_attachments_of_closed_cases();
