-- What people write in cases themselves; mails and calls are interactions, and no comments.
create table comment (
  account_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  author json not null,
  on_behalf_of uuid,
  public boolean not null,
  title text check (char_length(title) <= 150),
  body_text text not null,
  body_html text,
  mention_ids uuid[] not null default '{}',
  created_at timestamptz not null,
  edited_at timestamptz,
  redacted_at timestamptz,
  -- Who took the text out, and why.
  redaction json,
  primary key (account_id, id),
  foreign key (account_id, case_id) references cases (account_id, id) on delete cascade
);
create index comment_of_case on comment (account_id, case_id, created_at, id);

alter table cases add column comment_count int not null default 0;

-- I-4: nothing is written in a closed case, and what was written there stays; what erases people says so for its transaction.
create function leave_comments_of_closed_cases() returns trigger language plpgsql as $$
declare
  said comment := coalesce(new, old);
begin
  if current_setting('casewright.privacy', true) is distinct from 'on' and exists (
    select 1 from cases c where c.account_id = said.account_id and c.id = said.case_id and c.closed_at is not null
  ) then
    raise exception 'case % is closed: nothing of it changes any more', said.case_id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'comment';
  end if;
  return said;
end
$$;
create trigger leave_comments_of_closed_cases before insert or update or delete on comment
  for each row execute function leave_comments_of_closed_cases();
