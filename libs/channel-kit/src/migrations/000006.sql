-- What web forms were sent in the last hour, so that one address, and one form, is let through only so often.
create table form_submission (
  account_id uuid not null,
  form text not null,
  -- The interaction that it became: the same sent twice counts once.
  submission uuid not null,
  -- A keyed hash of where it came from.
  sender bytea not null,
  admitted_at timestamptz not null default clock_timestamp(),
  primary key (account_id, form, submission)
);
create index form_submission_admitted on form_submission (account_id, form, admitted_at);
