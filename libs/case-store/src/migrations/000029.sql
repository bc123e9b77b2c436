-- Contacts that directories and people tell of: fields with the time of each, identities by who told them, merges as facts.
alter table contact
  add column company text,
  add column locale text,
  add column time_zone text,
  add column url text,
  add column custom_fields jsonb not null default '{}',
  -- It came from an interaction, and nobody has said anything of it.
  add column is_heard boolean not null default true,
  -- What was told of it, by field: the last word, when and by whom (`ToldOfContact`).
  add column told jsonb not null default '{}',
  add column version int not null default 1,
  -- Null: nothing has changed since `created_at`.
  add column updated_at timestamptz,
  add constraint never_merged_into_itself check (merged_into <> id);
create index contact_by_name on contact (account_id, lower(name), id)
  where kind <> 'anonymous' and merged_into is null and deleted_at is null;
create index contact_by_age on contact (account_id, id)
  where kind <> 'anonymous' and merged_into is null and deleted_at is null;

-- An identity stays with the contact of which it was told, also when that lives on in another one: so a merge moves
-- nothing, and can be taken back.
alter table contact_identity
  add column label text,
  add column is_primary boolean not null default false,
  -- It was the contact's, and matches what is old.
  add column is_former boolean not null default false,
  -- False: another contact has the address.
  add column is_held boolean not null default true,
  -- Somebody said that several people use it; `is_shared` says that several contacts have it as well.
  add column said_shared boolean not null default false,
  -- By source: when it was told, and how (`ToldOfIdentity`).
  add column told jsonb not null default '{}',
  add constraint only_addresses_are_contested check (is_held or kind = 'email');
drop index contact_identity_email;
create unique index contact_identity_email on contact_identity (account_id, value) where kind = 'email' and is_held;
drop index contact_identity_holder;
create unique index contact_identity_holder on contact_identity (account_id, kind, value)
  where kind <> 'email' and not is_shared;

-- Who lives on in whom, by whom and when it was said. All of them that stand say together who is who.
create table contact_merge (
  account_id uuid not null references account (id),
  id uuid not null,
  loser_id uuid not null,
  winner_id uuid not null,
  at timestamptz not null,
  by json not null,
  -- Whoever was only heard under a name of the winner's, because of which it is taken to be so; null: somebody said so.
  heard_id uuid,
  -- Undone, and not because of a name: somebody said that the two are not one.
  undone_at timestamptz,
  primary key (account_id, id),
  check (loser_id <> winner_id)
);
create index contact_merge_loser on contact_merge (account_id, loser_id);
create index contact_merge_winner on contact_merge (account_id, winner_id);

-- What became of each fact about a contact, by which a repetition is known. It names contacts and places, no values.
create table contact_fact (
  account_id uuid not null,
  id uuid not null,
  outcome text not null check (outcome in (
    'created', 'updated', 'unchanged', 'flagged_shared', 'merged', 'deleted', 'erasure_requested', 'refused'
  )),
  contact_id uuid,
  field text,
  reason text,
  flags jsonb not null default '[]',
  decided_at timestamptz not null,
  primary key (account_id, id)
);
create index contact_fact_contact on contact_fact (account_id, contact_id) where contact_id is not null;

-- Cases of these contacts may mean somebody else by now. Looked at in small steps; whoever deletes a row is done with it.
create table contact_reconsideration (
  id bigint generated always as identity primary key,
  account_id uuid not null references account (id),
  contact_id uuid not null,
  because text not null check (because in ('merged', 'unmerged', 'identity')),
  by json not null,
  at timestamptz not null,
  -- The last case that was looked at; null: none yet.
  after_case_id uuid
);
create index contact_reconsideration_of on contact_reconsideration (account_id, contact_id);

-- Requests that nothing of a contact stays. `waiting`: for an operator; `requested`: it may begin.
create table contact_erasure (
  account_id uuid not null references account (id),
  id uuid not null,
  contact_id uuid not null,
  requested_by json not null,
  reason text,
  state text not null check (state in ('waiting', 'requested', 'running', 'done', 'partly', 'refused')),
  requested_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- Of each kind how many went, and what is kept and why.
  counts jsonb not null default '{}',
  kept jsonb not null default '[]',
  primary key (account_id, id)
);
create index contact_erasure_state on contact_erasure (account_id, state, id);
create unique index contact_erasure_once on contact_erasure (account_id, contact_id)
  where state in ('waiting', 'requested', 'running');

-- Contacts of which the relay tells the latest state.
alter table outbox add column contact_ids uuid[] not null default '{}';
alter table outbox alter column contact_ids set storage external;

-- Who was merged before merges were kept as such.
insert into contact_merge (account_id, id, loser_id, winner_id, at, by)
select account_id, gen_random_uuid(), id, merged_into, now(), '{"kind":"system","id":null}'
from contact
where merged_into is not null;
