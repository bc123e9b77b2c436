-- Cases that are kept whatever else says that they may go. A row of its own, because closed cases are not written; who
-- said so, and when it ended, is in the case's history.
create table legal_hold (
  account_id uuid not null,
  case_id uuid not null,
  reason text not null,
  placed_at timestamptz not null,
  primary key (account_id, case_id)
);
