-- Quarantine: what waits for a person, and the limits behind which a sender's surplus waits.

alter table account
  add column unverified text not null default 'accept' check (unverified in ('accept', 'quarantine')),
  -- Per sender; 0 is off.
  add column new_cases_per_hour int not null default 100 check (new_cases_per_hour >= 0),
  add column messages_per_case_and_hour int not null default 60 check (messages_per_case_and_hour >= 0),
  add column automatic_per_day int not null default 40 check (automatic_per_day >= 0);

alter table channel_endpoint
  add column unverified text check (unverified in ('accept', 'quarantine')),
  add column trust_agents text not null default 'verified' check (trust_agents in ('verified', 'always'));

-- When it reached us or its mailbox; null for what was settled before traffic was counted.
alter table interaction add column arrived_at timestamptz;
-- A suspended row is not in the index: a flood that waits costs nothing to count.
create index interaction_of_sender on interaction (account_id, sender, arrived_at)
  where arrived_at is not null and outcome <> 'suspended';

-- One row for each interaction that was ever suspended; the interaction's own row says what became of it since.
create table quarantine (
  account_id uuid not null,
  interaction_id uuid not null,
  reason text not null,
  suspended_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'released', 'rejected')),
  settled_at timestamptz,
  -- Name of the API key.
  settled_by text,
  note text,
  primary key (account_id, interaction_id),
  check ((state = 'waiting') = (settled_at is null))
);
create index quarantine_by_state on quarantine (account_id, state, suspended_at, interaction_id);
