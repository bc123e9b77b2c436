-- The case domain: every row and every key carries its account.

create table account (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  default_country text,
  default_group_id uuid,
  resolved_auto_close_days int default 5 check (resolved_auto_close_days between 1 and 365),
  reopen_policy text not null default 'until_closed' check (reopen_policy in ('until_closed', 'window', 'never')),
  reopen_window_days int check (reopen_window_days > 0),
  closed_status_id uuid,
  on_hold_enabled boolean not null default true,
  require_resolution boolean not null default true,
  followup_inherit_assignee boolean not null default false,
  sticky_days int not null default 7 check (sticky_days >= 0),
  auto_create text[] not null,
  created_at timestamptz not null default now()
);

-- Numbers are handed out in blocks by a short transaction of its own, so that batches do not wait for each other here.
create table case_number_counter (
  account_id uuid primary key references account (id),
  next_number bigint not null default 1
);

create table agent (
  account_id uuid not null references account (id),
  id uuid not null,
  email text not null,
  name text not null,
  active boolean not null default true,
  role text not null default 'agent',
  extensions text[] not null default '{}',
  default_group_id uuid,
  primary key (account_id, id),
  unique (account_id, email)
);

create table agent_group (
  account_id uuid not null references account (id),
  id uuid not null,
  name text not null,
  active boolean not null default true,
  strategy text not null default 'manual'
    check (strategy in ('manual', 'round_robin', 'least_open', 'least_open_pct', 'skills')),
  capacity_per_agent int check (capacity_per_agent > 0),
  reopen_policy text check (reopen_policy in ('until_closed', 'window', 'never')),
  reopen_window_days int check (reopen_window_days > 0),
  keep_owner_on_reopen boolean not null default true,
  primary key (account_id, id),
  unique (account_id, name)
);

create table group_member (
  account_id uuid not null,
  group_id uuid not null,
  agent_id uuid not null,
  position int not null default 0,
  capacity int check (capacity > 0),
  last_assigned_at timestamptz,
  primary key (account_id, group_id, agent_id),
  foreign key (account_id, group_id) references agent_group (account_id, id),
  foreign key (account_id, agent_id) references agent (account_id, id)
);

create table channel_endpoint (
  account_id uuid not null references account (id),
  id uuid not null,
  kind text not null check (kind in ('mailbox', 'phone_number', 'callbar', 'api')),
  address text not null,
  group_id uuid not null,
  default_priority text check (default_priority in ('low', 'normal', 'high', 'urgent')),
  default_type text check (default_type in ('question', 'incident', 'problem', 'task')),
  auto_create text[],
  active boolean not null default true,
  primary key (account_id, id),
  unique (account_id, kind, address),
  foreign key (account_id, group_id) references agent_group (account_id, id)
);

create table case_status (
  account_id uuid not null references account (id),
  id uuid not null,
  key text not null,
  agent_label text not null,
  requester_label text not null,
  category text not null check (category in ('new', 'open', 'pending', 'on_hold', 'resolved')),
  is_default boolean not null default false,
  active boolean not null default true,
  position int not null default 0,
  primary key (account_id, id),
  unique (account_id, key),
  check (active or not is_default)
);
create unique index case_status_one_default on case_status (account_id, category) where is_default;

create table contact (
  account_id uuid not null references account (id),
  id uuid not null,
  kind text not null default 'person' check (kind in ('person', 'shared_line', 'anonymous')),
  name text,
  blocked boolean not null default false,
  merged_into uuid,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id)
);

create table contact_identity (
  account_id uuid not null,
  kind text not null check (kind in ('email', 'phone', 'external')),
  value text not null,
  contact_id uuid not null,
  value_raw text not null,
  verified_at timestamptz,
  is_shared boolean not null default false,
  first_seen timestamptz not null,
  primary key (account_id, kind, value, contact_id),
  foreign key (account_id, contact_id) references contact (account_id, id)
);
create unique index contact_identity_email on contact_identity (account_id, value) where kind = 'email';

create table cases (
  account_id uuid not null,
  id uuid not null,
  number bigint not null,
  subject text not null check (char_length(subject) <= 150),
  description text not null,
  status_id uuid not null,
  category text not null check (category in ('new', 'open', 'pending', 'on_hold', 'resolved')),
  closed_at timestamptz,
  closed_reason text check (closed_reason in ('auto_close', 'merged')),
  resolved_at timestamptz,
  resolution text,
  resolution_source text check (resolution_source in ('agent', 'automation', 'problem_cascade', 'app', 'merge')),
  priority text check (priority in ('low', 'normal', 'high', 'urgent')),
  type text check (type in ('question', 'incident', 'problem', 'task')),
  group_id uuid not null,
  assignee_id uuid,
  requester_kind text not null check (requester_kind in ('contact', 'agent')),
  requester_id uuid not null,
  requester_match jsonb not null,
  supplied jsonb not null,
  submitter_kind text not null check (submitter_kind in ('contact', 'agent', 'app', 'system')),
  submitter_id uuid not null,
  participants text[] not null default '{}' check (cardinality(participants) <= 48),
  source text not null,
  via jsonb not null,
  endpoint_id uuid,
  origin_interaction_id uuid,
  follow_up_of_id uuid,
  root_case_id uuid not null,
  merged_into_id uuid,
  tags text[] not null default '{}',
  custom_fields jsonb not null default '{}',
  exclude_from_auto_close boolean not null default false,
  reopen_count int not null default 0,
  interaction_count int not null default 0,
  first_response_at timestamptz,
  last_requester_at timestamptz,
  last_agent_at timestamptz,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id),
  unique (account_id, number),
  -- I-1: new is the same as unassigned while a case is neither resolved nor closed.
  constraint new_means_unassigned check (category = 'resolved' or (category = 'new') = (assignee_id is null)),
  -- I-3: who resolved it, and with what words.
  constraint resolved_is_explained check (
    (category = 'resolved') = (resolved_at is not null)
    and (category <> 'resolved' or assignee_id is not null
         or resolution_source in ('problem_cascade', 'merge', 'automation'))
  ),
  -- I-4: closed is resolved, for a reason.
  constraint closed_is_resolved check (
    (closed_at is null) = (closed_reason is null) and (closed_at is null or category = 'resolved')
  ),
  constraint never_merged_into_itself check (merged_into_id <> id),
  constraint requester_is_a_person check (submitter_kind in ('contact', 'agent') or requester_id <> submitter_id)
) with (fillfactor = 90);
create index cases_family on cases (account_id, root_case_id) where follow_up_of_id is not null;
create index cases_requester on cases (account_id, requester_id, id);
-- Who served this requester last in this group: one probe, however many cases the requester has.
create index cases_last_assignee on cases (account_id, requester_id, group_id, id) where assignee_id is not null;
create index cases_open_load on cases (account_id, assignee_id) where category = 'open' and deleted_at is null;
create index cases_unassigned on cases (account_id, group_id, id) where category = 'new' and deleted_at is null;
create index cases_auto_close on cases (account_id, resolved_at)
  where category = 'resolved' and closed_at is null and not exclude_from_auto_close and deleted_at is null;

create table interaction (
  account_id uuid not null,
  id uuid not null,
  channel text not null,
  provider text not null,
  external_id text not null,
  direction text not null check (direction in ('inbound', 'outbound')),
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  decided_at timestamptz not null,
  -- Every endpoint that it was delivered to; one interaction, however many mailboxes saw it.
  endpoints text[] not null default '{}',
  sender text not null,
  subject text not null,
  -- The very text that was published; json keeps it as it is and costs no conversion, and nothing searches in it.
  payload json not null,
  case_id uuid,
  visibility text not null default 'public' check (visibility in ('public', 'internal')),
  outcome text not null,
  -- The evidence of the decision, shown by `explain`; kept as written for the same reason.
  decision json not null,
  -- The id is the UUIDv5 of (account, channel, external id), and decoding refuses any other, so this key is
  -- the unique key of the external id too; a second index of random values would only cost.
  primary key (account_id, id)
);
create index interaction_of_case on interaction (account_id, case_id, occurred_at, id) where case_id is not null;

-- I-13: one name leads to one case.
create table thread_key (
  account_id uuid not null,
  kind text not null,
  value text not null,
  case_id uuid not null,
  -- Null while the message itself has not arrived: a reply named it first.
  interaction_id uuid,
  primary key (account_id, kind, value)
);

create table case_event (
  account_id uuid not null,
  case_id uuid not null,
  -- I-12: contiguous per case and equal to the version that the event made.
  seq int not null,
  id uuid not null,
  kind text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor json not null,
  changes json not null,
  details json not null default '{}',
  interaction_id uuid,
  cause_event_id uuid,
  primary key (account_id, case_id, seq)
);

create table case_link (
  account_id uuid not null,
  from_case_id uuid not null,
  to_case_id uuid not null,
  kind text not null check (kind in ('problem_incident', 'follow_up', 'merged', 'parent', 'related')),
  created_at timestamptz not null,
  primary key (account_id, from_case_id, to_case_id, kind)
);

-- What one transaction has to tell the topics: mostly the names of the rows that it wrote, because the rows themselves
-- say the rest and would otherwise be written twice. The relay reads them in order, publishes, and deletes.
create table outbox (
  id bigint generated always as identity primary key,
  account_id uuid,
  created_at timestamptz not null default now(),
  -- How many records it amounts to, and about how many bytes.
  record_count int not null,
  record_bytes bigint not null,
  interaction_ids uuid[] not null,
  -- Case events by (case, seq).
  event_case_ids uuid[] not null,
  event_seqs int[] not null,
  -- Records that no row holds, framed by outbox-codec.ts.
  records bytea
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, toast_tuple_target = 8160);

create table dead_letter (
  account_id uuid,
  id uuid primary key,
  consumer_group text not null,
  topic text not null,
  record_partition int not null,
  record_offset bigint not null,
  record_key text,
  record_value bytea,
  record_headers jsonb not null,
  record_timestamp timestamptz not null,
  reason text not null,
  stage text not null,
  error_class text not null,
  message text not null,
  attempts int not null,
  replay_count int not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'replayed', 'discarded')),
  created_at timestamptz not null,
  settled_at timestamptz
);
create index dead_letter_waiting on dead_letter (created_at, id) where state = 'waiting';

-- The fence of a partition: its row is locked first, so that a stale consumer waits for its successor.
create table consumer_partition (
  consumer_group text not null,
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  owner text not null,
  updated_at timestamptz not null,
  primary key (consumer_group, topic, partition)
);

create table api_key (
  account_id uuid not null references account (id),
  name text not null,
  -- SHA-256 of the key: high-entropy secrets need no slow hash.
  key_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (account_id, name)
);

-- What is written often and read seldom: rows stay whole up to 8 KB, and what is longer is compressed by the fast
-- method where the server was built with it, and not at all elsewhere; the slow one costs more than it saves.
alter table interaction set (toast_tuple_target = 8160);
alter table case_event set (toast_tuple_target = 8160);
alter table cases set (toast_tuple_target = 8160);
do $$
begin
  alter table interaction alter column payload set compression lz4;
  alter table case_event alter column changes set compression lz4;
  alter table cases alter column description set compression lz4;
exception
  when feature_not_supported then
    alter table interaction alter column payload set storage external;
    alter table case_event alter column changes set storage external;
    alter table cases alter column description set storage external;
end
$$;
alter table outbox alter column interaction_ids set storage external;
alter table outbox alter column event_case_ids set storage external;
alter table outbox alter column event_seqs set storage external;
