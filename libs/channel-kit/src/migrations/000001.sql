-- How far each source was read. A position moves only past what is durable in the log.

create table channel_checkpoint (
  account_id uuid not null,
  source text not null check (length(source) between 1 and 500),
  position jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (account_id, source)
);
