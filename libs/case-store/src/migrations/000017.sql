-- Accounts that people change through the API.
alter table account
  -- Columns that the configuration file states; the others are the API's, and survive a boot.
  add column declared text[] not null default '{}',
  add column version int not null default 1,
  -- The version in which each field changed last.
  add column changed_in jsonb not null default '{}',
  add column updated_at timestamptz not null default now();
