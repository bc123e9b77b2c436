-- Writing through the API.

alter table account
  add column require_if_match boolean not null default false,
  add column require_idempotency_key boolean not null default false;

-- Answers to requests that carried a key of idempotency, written in the transaction of the change: there is none of a
-- request that failed or is still running. `body` is null where the answer has none.
create table idempotency_key (
  account_id uuid not null,
  client_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  status smallint not null,
  headers json not null,
  body text,
  created_at timestamptz not null default now(),
  primary key (account_id, client_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);
