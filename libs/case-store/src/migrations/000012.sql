-- Comments that are edited and redacted.

alter table comment add column version int not null default 1;

-- Answers that say what a comment said are found by the comment when that is taken away.
alter table idempotency_key add column resource_id uuid;
create index idempotency_key_resource on idempotency_key (account_id, resource_id) where resource_id is not null;

-- I-4: nothing is written in a closed case, and what was written there stays. Whoever says for its transaction that it
-- protects people takes texts away, and changes nothing else.
create or replace function leave_comments_of_closed_cases() returns trigger language plpgsql as $$
declare
  said comment := coalesce(new, old);
  -- What a redaction may change.
  redacted text[] := '{title,body_text,body_html,version,redacted_at,redaction}';
begin
  if tg_op = 'UPDATE' and current_setting('casewright.privacy', true) = 'on' and new.redacted_at is not null then
    if to_jsonb(new) - redacted = to_jsonb(old) - redacted
      and new.title is null and new.body_text = '' and new.body_html is null then
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
