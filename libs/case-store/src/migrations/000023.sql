-- What a configuration file says of telephones: rules of the account, its lines, and how agents are called there.
alter table account
  add column call_attach_window_minutes int not null default 240 check (call_attach_window_minutes >= 0),
  add column missed_call_coalesce_minutes int not null default 15 check (missed_call_coalesce_minutes >= 0),
  add column call_max_duration_hours int not null default 4 check (call_max_duration_hours > 0),
  add column call_settle_seconds int not null default 3 check (call_settle_seconds >= 0),
  add column short_call_seconds int not null default 0 check (short_call_seconds >= 0),
  add column withheld_cases_per_hour int not null default 20 check (withheld_cases_per_hour >= 0),
  add column call_texts jsonb not null default '{}';

alter table channel_endpoint
  add column label text,
  -- How numbers are read that come in by it; null is as in the account.
  add column country text,
  -- A call goes to the group of whoever answered it.
  add column move_to_agents_group boolean not null default false,
  -- Ids and addresses of voicemail boxes that belong to the line.
  add column mailboxes text[] not null default '{}',
  -- provider/key of the connection that declares it.
  add column connection text;

alter table agent
  add column phones text[] not null default '{}',
  -- provider/key of a connection: what the agent is called there.
  add column telephony jsonb not null default '{}';
