-- When time alone changes an interaction, if nothing is told of it before. Mails never wait, so none of them is in the index.
alter table interaction add column due_at timestamptz;
create index interaction_due on interaction (due_at) where due_at is not null;

-- What messages that may be one have in common: `sound:…` by SHA-256, `call:…` by the call that it was left in.
alter table interaction add column voicemail_names text[];
create index interaction_voicemail_names on interaction using gin (voicemail_names) where voicemail_names is not null;
