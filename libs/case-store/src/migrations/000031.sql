-- Assignment rules, and the hours in which people work.

create table assignment_rule (
  account_id uuid not null references account (id),
  id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  position int not null,
  active boolean not null,
  match text not null check (match in ('all', 'any')),
  conditions jsonb not null,
  actions jsonb not null,
  stop boolean not null,
  -- What conditions and actions name: a rule is worth nothing without it.
  group_ids uuid[] not null,
  agent_ids uuid[] not null,
  problem_ids uuid[] not null,
  -- Why it was switched off by itself.
  broken_because text,
  managed_by text not null default 'api' check (managed_by in ('api', 'file')),
  version int not null default 1,
  -- The version in which each part changed last.
  changed_in jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (account_id, id),
  check (broken_because is null or not active)
);

-- Of an account, whose group is null, and of groups with hours of their own. Who has no row works as is usual.
create table business_hours (
  account_id uuid not null references account (id),
  group_id uuid,
  -- Null: that of the account.
  time_zone text,
  week jsonb not null,
  -- Null: those of the account.
  holidays jsonb,
  managed_by text not null default 'api' check (managed_by in ('api', 'file')),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  unique nulls not distinct (account_id, group_id),
  foreign key (account_id, group_id) references agent_group (account_id, id)
);

-- What rules ask of contacts.
alter table contact
  add column if not exists company text,
  add column if not exists locale text,
  add column if not exists custom_fields jsonb not null default '{}';
