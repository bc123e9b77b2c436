-- The log of a single machine: append-only records, read in order by consumer groups.

create table log_topic (
  id integer generated always as identity primary key,
  name text not null unique,
  partitions integer not null check (partitions between 1 and 1024),
  is_compacted boolean not null,
  retention_ms bigint check (retention_ms > 0),
  max_message_bytes integer not null check (max_message_bytes > 0)
);

-- An appender locks the row until it commits, so records become visible in the order of their offsets.
create table log_partition (
  topic_id integer not null references log_topic,
  partition integer not null,
  next_offset bigint not null default 0,
  -- Below it each key of a compacted topic is there once.
  compacted_to bigint not null default 0,
  primary key (topic_id, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table log_record (
  topic_id integer not null,
  partition integer not null,
  record_offset bigint not null,
  recorded_at timestamptz not null,
  is_compacted boolean not null,
  -- bytea, because a key or a value may hold any byte, zero too.
  key bytea,
  headers json not null,
  value bytea,
  primary key (topic_id, partition, record_offset)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);

-- Finds the older records of a key; the hash keeps long keys within the size that an index entry may have.
create index log_record_by_key on log_record (topic_id, partition, md5(key)) where is_compacted;
create index log_record_tombstone on log_record (topic_id, recorded_at) where is_compacted and value is null;

-- Where a group stands. `id` is also the number of the advisory lock that its reader holds.
create table log_offset (
  id integer generated always as identity primary key,
  group_name text not null,
  topic_id integer not null references log_topic,
  partition integer not null,
  -- null until the group has committed
  next_offset bigint,
  unique (group_name, topic_id, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Who reads in a group. `number` is also the number of the advisory lock that the member's session holds.
create table log_member (
  number integer generated always as identity primary key,
  group_name text not null,
  topic_ids integer[] not null,
  seen_at timestamptz not null
) with (fillfactor = 20);
create index log_member_by_group on log_member (group_name);
