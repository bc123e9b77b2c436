-- Times at which tasks were due, of which it was told that they have passed: once for each. Beside the case, whose row is
-- what every mail writes.
create table told_overdue (
  account_id uuid not null,
  case_id uuid not null,
  due_at timestamptz not null,
  primary key (account_id, case_id, due_at),
  foreign key (account_id, case_id) references cases (account_id, id) on delete cascade
);

-- What is due, and what was computed for another zone. No mail opens a task, so none of them is in these.
create index cases_due_tasks on cases (due_at)
  where type = 'task' and category <> 'resolved' and closed_at is null and deleted_at is null;
create index cases_zones_of_tasks on cases (account_id, due_time_zone, id)
  where type = 'task' and category <> 'resolved' and closed_at is null and deleted_at is null;
