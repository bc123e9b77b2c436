-- Lists of cases, whatever they are narrowed by and sorted by.

-- Each holds cases in an order of lists, status by status: a list is the merge of such runs, and the rare ones among them are
-- as near as the common ones. The status is in the words of `case-filter.ts`.
create index cases_status on cases (
  account_id, (case when closed_at is null then category else 'closed' end), status_id, id
);
create index cases_updated on cases (
  account_id, (case when closed_at is null then category else 'closed' end), updated_at, id
);
create index cases_group on cases (
  account_id, group_id, (case when closed_at is null then category else 'closed' end), id
);
-- Contained in the one before, by which no statement of ours went.
drop index cases_unassigned;

-- What a mail that opens a case leaves empty is in none of these.
create index cases_assignee on cases (
  account_id, assignee_id, (case when closed_at is null then category else 'closed' end), id
) where assignee_id is not null;
create index cases_priority on cases (
  account_id, priority, (case when closed_at is null then category else 'closed' end), id
) where priority is not null;
create index cases_type on cases (
  account_id, type, (case when closed_at is null then category else 'closed' end), id
) where type is not null;
create index cases_source on cases (
  account_id, source, (case when closed_at is null then category else 'closed' end), id
) where source <> 'email';
create index cases_due on cases (
  account_id, (case when closed_at is null then category else 'closed' end), due_at, id
) where due_at is not null;
create index cases_resolved on cases (account_id, resolved_at) where resolved_at is not null;
create index cases_resolved_by_nobody on cases (account_id, group_id, id) where assignee_id is null and category = 'resolved';
create index cases_trash on cases (account_id, id) where deleted_at is not null;
-- Without the list of what was written last, which every reader would read through.
create index cases_tags on cases using gin (tags) with (fastupdate = off) where tags <> '{}';

-- Closed incidents too: lists show them, and there are few that are closed before their problem is resolved.
drop index cases_incidents;
create index cases_problem on cases (account_id, problem_id, id) where problem_id is not null;
