-- Sounds that telephone systems send themselves, and who waits for them. Either may come first.
create table sent_sound (
  account_id uuid not null,
  connection text not null,
  recording_id text not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  received_at timestamptz not null,
  primary key (account_id, connection, recording_id)
);
create index sent_sound_received on sent_sound (account_id, received_at);

create table awaited_sound (
  account_id uuid not null,
  connection text not null,
  recording_id text not null,
  channel text not null check (channel in ('call', 'voicemail')),
  -- The provider's id of the call, or of the voicemail.
  subject_id text not null,
  -- What a fact about the recording repeats of the one that announced it.
  subject jsonb not null,
  announced_at timestamptz not null default now(),
  primary key (account_id, connection, recording_id, channel, subject_id)
);
create index awaited_sound_announced on awaited_sound (account_id, announced_at);
