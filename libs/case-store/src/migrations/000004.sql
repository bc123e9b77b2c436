-- Programs that use the Case API. Each has keys of its own, at most two at a time; keys that existed become clients.
create table api_client (
  account_id uuid not null references account (id),
  id uuid not null,
  name text not null,
  scopes text[] not null,
  -- Agents that it may act for; null is all of them.
  allowed_agents uuid[],
  state text not null default 'active' check (state in ('active', 'revoked')),
  managed_by text not null default 'api' check (managed_by in ('file', 'api')),
  -- Where it is declared, such as apiKeys[0] of the configuration file.
  place text check ((place is not null) = (managed_by = 'file')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (account_id, id),
  unique (account_id, name)
);

create table api_client_key (
  -- SHA-256 of the key: high-entropy secrets need no slow hash.
  key_hash bytea primary key,
  account_id uuid not null,
  client_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  foreign key (account_id, client_id) references api_client (account_id, id)
);
create index api_client_key_client on api_client_key (account_id, client_id);

-- The next boot takes over what the configuration file still declares.
insert into api_client (account_id, id, name, scopes, state, created_at)
select account_id, gen_random_uuid(), name, scopes,
  case when revoked_at is null then 'active' else 'revoked' end, created_at
from api_key;

insert into api_client_key (key_hash, account_id, client_id, created_at)
select api_key.key_hash, api_key.account_id, api_client.id, api_key.created_at
from api_key join api_client using (account_id, name)
where api_key.revoked_at is null;

drop table api_key;
