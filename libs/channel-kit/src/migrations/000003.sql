-- Recordings that are to be fetched, and sounds that a machine is to write down.

create table recording_job (
  account_id uuid not null,
  connection text not null,
  channel text not null check (channel in ('call', 'voicemail')),
  -- The provider's id of the call, or of the voicemail.
  subject_id text not null,
  recording_id text not null,
  task text not null check (task in ('fetch', 'transcribe')),
  -- A newer recording of the same id has another one.
  id uuid not null,
  -- The fact that announced it, when that was, and its place in the provider's own order, -1 where it tells none.
  announced_by uuid not null,
  announced_at timestamptz not null,
  announced_sequence bigint not null,
  subject jsonb not null,
  -- Where it is fetched: a secret, which goes as soon as there is an outcome.
  address text,
  -- The sound that is to be written down.
  sound jsonb,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  -- The lease.
  owner text,
  lease_expires_at timestamptz,
  -- Reached, and not told yet.
  outcome jsonb,
  primary key (account_id, connection, channel, subject_id, recording_id, task)
);

create index recording_job_due on recording_job (account_id, due_at);

-- How jobs ended in the last weeks: by this a repetition is known, and what an operator has to do.
create table recording_end (
  account_id uuid not null,
  connection text not null,
  channel text not null,
  subject_id text not null,
  recording_id text not null,
  task text not null,
  announced_by uuid not null,
  announced_at timestamptz not null,
  announced_sequence bigint not null,
  status text not null,
  failure text,
  -- Whom it was to be fetched from, without the rest of the address.
  host text,
  ended_at timestamptz not null default clock_timestamp(),
  primary key (account_id, connection, channel, subject_id, recording_id, task)
);

create index recording_end_ended on recording_end (account_id, ended_at);
