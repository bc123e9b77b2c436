-- Statuses that people make and change through the API.
alter table case_status
  add column version int not null default 1,
  -- The version in which each field changed last, by its public name.
  add column changed_in jsonb not null default '{}',
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();
