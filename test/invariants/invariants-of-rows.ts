/** Of the invariants of domain.md §3 those that the rows show as they stand; each statement returns what breaks it. */
export const INVARIANTS_OF_ROWS: Readonly<Record<string, string>> = {
  /** New is unassigned, and unassigned is new, while a case is not resolved. */
  'I-1': `
    select id, category, assignee_id from cases
     where category <> 'resolved' and closed_at is null and (category = 'new') <> (assignee_id is null)`,

  /** Whoever works on a case is an active member of its group. A run that changes members asks at another time. */
  'I-2': `
    select c.id, c.category, c.assignee_id, c.group_id
      from cases c
      left join agent a on a.account_id = c.account_id and a.id = c.assignee_id
      left join group_member m
        on m.account_id = c.account_id and m.agent_id = c.assignee_id and m.group_id = c.group_id
     where c.category in ('open', 'pending', 'on_hold') and (a.active is not true or m.agent_id is null)`,

  /** Resolved says when and with what words, and by whom unless it followed from something else. */
  'I-3': `
    select c.id, c.resolved_at, c.resolution, c.resolution_source, c.assignee_id
      from cases c
      join account on account.id = c.account_id
     where c.category = 'resolved' and (
             c.resolved_at is null
             or (account.require_resolution and coalesce(trim(c.resolution), '') = '')
             or (c.assignee_id is null
                 and coalesce(c.resolution_source, '') not in ('problem_cascade', 'merge', 'automation')))`,

  /** A task, and nothing else, has its day; and somebody to do it. */
  'I-6': `
    select id, type, due_on, due_at, due_time_zone, assignee_id from cases
     where array[due_on is not null, due_at is not null, due_time_zone is not null]
             <> array_fill(type is not distinct from 'task', array[3])
        or (type = 'task' and (assignee_id is null or category = 'new'))`,

  /** A live incident has its problem, which is one, of the same account and another case. */
  'I-7': `
    select c.id, c.problem_id, p.type
      from cases c
      join account on account.id = c.account_id
      left join cases p on p.account_id = c.account_id and p.id = c.problem_id
     where c.type = 'incident' and c.closed_at is null and c.deleted_at is null
       and case when c.problem_id is null then account.incident_requires_problem
                else p.type is distinct from 'problem' or p.id = c.id end`,

  /** What live incidents are linked to stays a problem, and out of the trash. */
  'I-8': `
    select p.id, p.type, p.deleted_at, count(*)
      from cases p
      join cases c on c.account_id = p.account_id and c.problem_id = p.id
     where c.closed_at is null and c.deleted_at is null
       and (p.type is distinct from 'problem' or p.deleted_at is not null)
     group by p.id, p.type, p.deleted_at`,

  /** Whom a case is for is a person that the account knows, never a program. */
  'I-10': `
    select c.id, c.requester_kind, c.requester_id
      from cases c
      left join agent on agent.account_id = c.account_id and agent.id = c.requester_id and c.requester_kind = 'agent'
      left join contact
        on contact.account_id = c.account_id and contact.id = c.requester_id and c.requester_kind = 'contact'
     where coalesce(agent.id, contact.id) is null
        or (c.submitter_kind in ('app', 'system') and c.submitter_id = c.requester_id)`,

  /** One interaction is counted by one case, and a name leads to one case, which is there. */
  'I-13': `
    select c.id, c.interaction_count::text as said, count(i.id)::text as found
      from cases c
      left join interaction i on i.account_id = c.account_id and i.case_id = c.id
     group by c.account_id, c.id, c.interaction_count
    having c.interaction_count <> count(i.id)
    union all
    select i.id, 'a case', 'none'
      from interaction i
     where i.case_id is not null
       and not exists (select from cases c where c.account_id = i.account_id and c.id = i.case_id)
    union all
    select t.case_id, 'a case of ' || t.value, 'none'
      from thread_key t
     where not exists (select from cases c where c.account_id = t.account_id and c.id = t.case_id)`,

  /** A case has a status of its category, which is in use while the case lives. */
  'I-16': `
    select c.id, c.category, s.category as of_status, s.active
      from cases c
      left join case_status s on s.account_id = c.account_id and s.id = c.status_id
     where s.category is distinct from c.category
        or (not s.active and c.closed_at is null and c.deleted_at is null)`,

  /** A parent is no subcase and is there, and nothing is its own relative over any number of steps. */
  'I-17': `
    with recursive relation (account_id, kind, id, next_id) as (
      select account_id, 'problem', id, problem_id from cases where problem_id is not null
      union all select account_id, 'parent', id, parent_id from cases where parent_id is not null
      union all select account_id, 'merge', id, merged_into_id from cases where merged_into_id is not null
      union all select account_id, 'follow_up', id, follow_up_of_id from cases where follow_up_of_id is not null
    ), walk as (
      select account_id, kind, id, next_id from relation
      union
      select w.account_id, w.kind, w.id, r.next_id
        from walk w join relation r on r.account_id = w.account_id and r.kind = w.kind and r.id = w.next_id
    )
    select id, kind from walk where id = next_id
    union all
    select c.id, 'depth'
      from cases c
      join cases p on p.account_id = c.account_id and p.id = c.parent_id
     where p.parent_id is not null
    union all
    select c.id, 'parent'
      from cases c
      left join cases p on p.account_id = c.account_id and p.id = c.parent_id
     where c.parent_id is not null and c.closed_at is null and c.deleted_at is null
       and (p.id is null or p.deleted_at is not null)`,

  /** Whatever was merged leads to a case that was not, or to what is left of one that was purged since. */
  'I-18': `
    with recursive chain (account_id, id, at, steps) as (
      select account_id, id, merged_into_id, 1 from cases where merged_into_id is not null
      union all
      select chain.account_id, chain.id, c.merged_into_id, steps + 1
        from chain join cases c on c.account_id = chain.account_id and c.id = chain.at
       where c.merged_into_id is not null and steps < 100
    )
    select chain.id, max(steps) as steps
      from chain
      left join cases c on c.account_id = chain.account_id and c.id = chain.at
      left join purged_case p on p.account_id = chain.account_id and p.id = chain.at
     group by chain.account_id, chain.id
    having not bool_or((c.id is not null and c.merged_into_id is null) or p.id is not null)`,

  /** Lists find a case by each of its tags and values, and by no other. */
  marks: `
    (select c.account_id, mark, c.id from cases c cross join lateral case_marks(c.tags, c.custom_fields) as mark
     except select account_id, mark, case_id from case_mark)
    union all
    (select account_id, mark, case_id from case_mark
     except select c.account_id, mark, c.id from cases c cross join lateral case_marks(c.tags, c.custom_fields) as mark)`,
};
