-- Mailboxes that are fetched from: who works on each, how far it was read, and how it fares.

create table mailbox_state (
  account_id uuid not null,
  mailbox text not null,
  folder text not null,
  -- The lease. Each holder has a higher fence, and every write of a holder carries it.
  owner text,
  lease_expires_at timestamptz,
  fence bigint not null default 0,
  -- The cursor: every mail up to last_uid is durable, under this UIDVALIDITY (RFC 3501 §2.3.1.1).
  uid_validity text,
  last_uid bigint not null default 0,
  highest_modseq text,
  -- How it fares.
  phase text not null default 'waiting',
  last_sync_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  consecutive_failures int not null default 0,
  backlog bigint not null default 0,
  imported_count bigint not null default 0,
  token_expires_at timestamptz,
  -- The daily comparison of the folder with mailbox_seen; UIDs up to seen_above may be forgotten there.
  last_reconciled_at timestamptz,
  reconciled_missing bigint not null default 0,
  seen_above bigint not null default 0,
  primary key (account_id, mailbox, folder)
);

-- Every mail that was imported in the last days, one by one: the cursor alone could not show a gap below it.
create table mailbox_seen (
  account_id uuid not null,
  mailbox text not null,
  folder text not null,
  uid_validity text not null,
  uid bigint not null,
  seen_at timestamptz not null default now(),
  -- Whether it still has to be marked or moved on the server.
  to_mark boolean not null,
  primary key (account_id, mailbox, folder, uid_validity, uid)
);

create index mailbox_seen_to_mark on mailbox_seen (account_id, mailbox, folder) where to_mark;

insert into mailbox_state (account_id, mailbox, folder, uid_validity, last_uid, seen_above)
select account_id, split_part(source, ':', 2), substring(source from '^imap:[^:]*:(.*)$'),
  position ->> 'uidValidity', (position ->> 'lastUid')::bigint, (position ->> 'lastUid')::bigint
from channel_checkpoint
where source ~ '^imap:[^:]+:.+$' and position ->> 'uidValidity' ~ '^[0-9]+$' and position ->> 'lastUid' ~ '^[0-9]+$';

delete from channel_checkpoint where source like 'imap:%';
