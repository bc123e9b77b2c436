-- The delivery log: one row for each request to a connection, which adapters write behind their answers. What became of
-- a request is not kept here: it is read from its interactions, so that it is never out of date.
create table delivery (
  account_id uuid not null,
  -- UUIDv7 of the moment of receipt: ids sort as requests came.
  id uuid not null,
  received_at timestamptz not null,
  -- `provider/key`.
  connection text not null,
  -- Without its secret segment and its query.
  path text not null,
  content_type text,
  bytes int not null,
  verdict text not null check (verdict in ('verified', 'refused', 'malformed', 'overload')),
  -- `slug`, or `slug: what it is about`.
  reason text,
  -- The address that the signature was computed over.
  signed_address text,
  event_ids text[] not null,
  interaction_ids uuid[] not null,
  milliseconds int not null,
  answer int not null,
  -- What it said, redacted, where its sender was proven.
  body json,
  -- The first bytes of any other.
  beginning text,
  -- What it amounts to, as its topic holds it: what a replay publishes again.
  facts json not null,
  replayed_at timestamptz,
  -- When what it said was taken away.
  redacted_at timestamptz,
  primary key (account_id, id)
);
create index delivery_of_interaction on delivery using gin (interaction_ids);
create index delivery_of_connection on delivery (account_id, connection, id);
create index delivery_not_verified on delivery (account_id, id) where verdict <> 'verified';
-- Rows lie in the order in which they came: finding the oldest costs next to nothing.
create index delivery_received on delivery using brin (received_at);

-- How many rows of requests that were not taken a connection has in this hour.
create table delivery_allowance (
  account_id uuid not null,
  connection text not null,
  hour timestamptz not null,
  rows int not null,
  -- Of those that were asked for last.
  granted int not null,
  primary key (account_id, connection)
);
