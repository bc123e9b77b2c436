-- What reads the same to a person is one text for search in further ways (other digits, quotes, dashes, what was left
-- encoded, numbers in further spellings, ideographs), so the texts of all cases are made anew: in portions, by the worker
-- that keeps them, newest first. Until it comes to a case, that is found as before.
insert into search_queue (account_id, case_ids)
select account_id, array_agg(id)
from (
  select account_id, id, (row_number() over (partition by account_id order by id desc)) / 500 as portion
  from cases
  where deleted_at is null
) as c
group by account_id, portion
order by portion;

-- Who hid the number is a contact of one case alone, and means whom that case is for once somebody has said so.
alter table contact add column of_case_id uuid;
create index contact_of_case on contact (account_id, of_case_id) where of_case_id is not null;

-- Who calls is looked for among the live cases of the number's holders, of whom one may have thousands that are over.
create index cases_live_of_requester on cases (account_id, requester_id) where closed_at is null and deleted_at is null;
