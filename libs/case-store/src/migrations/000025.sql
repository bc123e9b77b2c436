-- What agents pressed in the call bar, and what came of it. The event's id is the key of repetition.
create table callbar_event (
  account_id uuid not null references account (id),
  id uuid not null,
  -- Of what was sent and who sent it: the same id with another one is refused.
  content_sha256 text not null,
  -- Whom the token named; the agent's id once it was decided.
  agent text not null,
  agent_id uuid,
  action text not null,
  -- The call; null: none.
  interaction_id uuid,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  event json not null,
  state text not null check (state in ('accepted', 'parked', 'applied', 'refused', 'expired')),
  reason text,
  contact_id uuid,
  -- The case in which it took effect last, whether it opened that, and all in which what it says is written.
  case_id uuid,
  created boolean not null default false,
  said_in uuid[] not null default '{}',
  decided_at timestamptz,
  primary key (account_id, id),
  check ((state in ('refused')) = (reason is not null))
);
create index callbar_event_call on callbar_event (account_id, interaction_id) where interaction_id is not null;
-- What waits for its call, or was said of a call that had no case.
create index callbar_event_open on callbar_event (received_at)
  where state = 'parked' or (state = 'applied' and case_id is null);

-- When an agent wants to call back; of several the last one counts.
create table callback (
  account_id uuid not null references account (id),
  interaction_id uuid not null,
  event_id uuid not null,
  agent_id uuid not null,
  at timestamptz not null,
  number text,
  -- Told that it is due, or found out that the agent has called.
  told_at timestamptz,
  primary key (account_id, interaction_id)
);
create index callback_at on callback (account_id, at, interaction_id);
create index callback_due on callback (at) where told_at is null;

-- Whom an agent chose for a number that several people may have: proposed when it calls again.
create table contact_choice (
  account_id uuid not null references account (id),
  number text not null,
  contact_id uuid not null,
  agent_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  primary key (account_id, number)
);

-- Calls by when they were, for whoever looks which of them go on.
create index interaction_of_calls on interaction (account_id, occurred_at) where channel = 'call';
