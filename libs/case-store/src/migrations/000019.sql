-- Interactions that people move and redact.
alter table interaction
  -- Where people moved it, oldest first: [{at, by, on_behalf_of, from_case_id, to_case_id, thread}].
  add column moves jsonb,
  add column redacted_at timestamptz,
  -- Who took out what it said, and why.
  add column redaction json;

-- Content that only deliveries of an interaction brought which came after its first: no row of an interaction refers to
-- it. Mails that come once, which is nearly all of them, write nothing here.
create table repeated_content (
  account_id uuid not null,
  interaction_id uuid not null,
  sha256 text not null,
  primary key (account_id, interaction_id, sha256)
);

-- Content that perhaps nothing refers to any more: a timer looks, and deletes the bytes then.
create table unused_content (
  sha256 text primary key,
  due_at timestamptz not null default now()
);
create index unused_content_due on unused_content (due_at);

-- I-4: as before; besides, whoever says for its transaction that it protects people takes out of what the system summed
-- up about another case what had been copied from there.
create or replace function leave_comments_of_closed_cases() returns trigger language plpgsql as $$
declare
  said comment := coalesce(new, old);
  -- What a redaction may change.
  redacted text[] := '{title,body_text,body_html,version,redacted_at,redaction}';
begin
  if tg_op = 'UPDATE' and current_setting('casewright.privacy', true) = 'on' then
    if new.redacted_at is not null and to_jsonb(new) - redacted = to_jsonb(old) - redacted
      and new.title is null and new.body_text = '' and new.body_html is null then
      return new;
    end if;
    if old.author ->> 'kind' = 'system' and to_jsonb(new) - 'body_text' = to_jsonb(old) - 'body_text' then
      return new;
    end if;
  end if;
  if exists (
    select 1 from cases c where c.account_id = said.account_id and c.id = said.case_id and c.closed_at is not null
  ) then
    raise exception 'case % is closed: nothing of it changes any more', said.case_id
      using errcode = 'check_violation', constraint = 'closed_cases_are_immutable', table = 'comment';
  end if;
  return said;
end
$$;
