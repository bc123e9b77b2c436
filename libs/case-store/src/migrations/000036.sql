-- Records that no topic could hold, as large as they are: what is behind them in the outbox must not wait for ever. Nobody
-- sends them later by itself, because what came behind them was told by then.
create table unsent_record (
  id bigint generated always as identity primary key,
  -- Whose record it is; null where it does not say.
  account_id uuid,
  topic text not null,
  record_key text,
  record_headers jsonb not null,
  record_value bytea,
  reason text not null,
  created_at timestamptz not null default now()
);
