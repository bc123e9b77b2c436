-- Imports of contacts from files: what is read, how far it is durable, and what became of each row. Neither the name of the
-- file nor anything that stands in it is kept: places, ids and reasons alone.
create table contact_import (
  account_id uuid not null references account (id),
  id uuid not null,
  file_sha256 text not null,
  -- How the file is read: its format, letters and columns, integration and country. A run that goes on reads it in the same way.
  settings json not null,
  settings_sha256 text not null,
  state text not null default 'running' check (state in ('running', 'completed', 'completed_with_errors')),
  -- Every row up to this one is durable in the log, or refused.
  durable_rows bigint not null default 0,
  -- How many rows the file has; null until it was read to its end.
  all_rows bigint,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, id)
);
-- A second run of a file goes on with the first, which did not come to its end.
create unique index contact_import_running on contact_import (account_id, file_sha256, settings_sha256)
  where state = 'running';

create table contact_import_row (
  account_id uuid not null,
  import_id uuid not null,
  row bigint not null,
  line bigint not null,
  -- Null: the row was refused before it became a fact.
  fact_id uuid,
  -- Whether the fact was decided before this import took it up: then this import created and changed nothing.
  was_known boolean not null,
  -- Null: not decided yet.
  outcome text check (outcome in ('created', 'updated', 'unchanged', 'flagged_shared', 'refused')),
  contact_id uuid,
  field text,
  reason text,
  primary key (account_id, import_id, row),
  foreign key (account_id, import_id) references contact_import (account_id, id) on delete cascade
);
create index contact_import_row_waiting on contact_import_row (account_id, import_id, row) where outcome is null;
