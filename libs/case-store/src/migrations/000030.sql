-- Agents, groups and addresses that people change through the API, who is there to take cases, and the cases that wait.
alter table agent
  -- IANA name; null is the account's.
  add column time_zone text,
  -- Level, 1 to 10, by the key of the skill.
  add column skills jsonb not null default '{}',
  -- What the file declares it declares whole, but for what it has no words for: skills and time zone.
  add column managed_by text not null default 'api' check (managed_by in ('file', 'api')),
  -- Where it is declared, such as agents[0] of the configuration file.
  add column place text,
  add column version int not null default 1,
  -- The version in which each field changed last.
  add column changed_in jsonb not null default '{}',
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add check ((place is not null) = (managed_by = 'file'));

alter table agent_group
  -- [{key, min_level, weight}]: whoever lacks one of them is given none of its cases.
  add column required_skills jsonb not null default '[]',
  add column signature_text text,
  add column signature_html text,
  add column managed_by text not null default 'api' check (managed_by in ('file', 'api')),
  add column place text,
  add column version int not null default 1,
  add column changed_in jsonb not null default '{}',
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add check ((place is not null) = (managed_by = 'file'));

alter table group_member
  add column managed_by text not null default 'api' check (managed_by in ('file', 'api'));
create index group_member_agent on group_member (account_id, agent_id);

alter table channel_endpoint
  add column managed_by text not null default 'api' check (managed_by in ('file', 'api')),
  add column place text,
  add column version int not null default 1,
  add column changed_in jsonb not null default '{}',
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add check ((place is not null) = (managed_by = 'file'));

-- Whether an agent takes cases now. Who never said so is always there.
create table agent_presence (
  account_id uuid not null,
  agent_id uuid not null,
  channel text not null check (channel in ('all', 'email', 'voice')),
  state text not null check (state in ('online', 'away', 'offline')),
  since timestamptz not null,
  primary key (account_id, agent_id, channel),
  foreign key (account_id, agent_id) references agent (account_id, id)
);

-- Something happened after which cases that wait may find somebody: an agent has room again or came, or a case began to
-- wait. Rows are only added, so that nobody waits for anybody here, and go when they were looked at.
create table assignment_wake (
  id bigint generated always as identity primary key,
  account_id uuid not null,
  agent_id uuid,
  group_id uuid,
  check (num_nonnulls(agent_id, group_id) = 1)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Cases that wait for an assignee, in the order in which they are given away. The words are those of `waiting-cases.ts`.
create index cases_waiting on cases (
  account_id, group_id,
  (case when source in ('call_inbound', 'call_outbound', 'voicemail', 'callbar') then 'voice' else 'email' end),
  (case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 when 'low' then 3 else 4 end),
  id
) where category = 'new' and auto_assign and deleted_at is null;
