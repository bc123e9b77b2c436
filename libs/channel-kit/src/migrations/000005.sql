-- How long each connection has been silent, of those of which somebody wants to be told. Longer than the delivery log, which
-- forgets.
create table connection_silence (
  account_id uuid not null,
  -- `provider/key`.
  connection text not null,
  -- The last event, by its row of the delivery log.
  last_delivery uuid not null,
  last_event_at timestamptz not null,
  -- When somebody looked last. Time in which nobody did counts as no silence.
  looked_at timestamptz not null,
  -- Business time without an event, in milliseconds.
  silent_ms bigint not null,
  is_told boolean not null,
  primary key (account_id, connection)
);
