import type { Pool } from 'pg';

/** What holds of all cases at any time (domain.md §3), each as a query for those of which it does not. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'I-1 new is nobody’s': `
    select id from cases where category <> 'resolved' and (category = 'new') <> (assignee_id is null)`,
  'I-2 an assignee is a member of the group': `
    select c.id from cases c where c.assignee_id is not null and c.category <> 'resolved' and not exists (
      select from group_member m
      where m.account_id = c.account_id and m.group_id = c.group_id and m.agent_id = c.assignee_id)`,
  'I-3 resolved is explained': `
    select id from cases where category = 'resolved'
      and (resolved_at is null or coalesce(trim(resolution), '') = ''
           or (assignee_id is null and resolution_source not in ('problem_cascade', 'merge', 'automation')))`,
  'I-4 closed is resolved, for a reason': `
    select id from cases where closed_at is not null and (category <> 'resolved' or closed_reason is null)`,
  'I-6 tasks are due and somebody’s': `
    select id from cases where (type = 'task') is true <> (due_on is not null and due_at is not null and due_time_zone is not null)
      or (type = 'task' and assignee_id is null)`,
  'I-7 live incidents have a problem that lives': `
    select c.id from cases c left join cases p on p.account_id = c.account_id and p.id = c.problem_id
    where c.type = 'incident' and c.deleted_at is null and c.closed_at is null
      and (p.type is distinct from 'problem' or p.deleted_at is not null or p.id = c.id)`,
  'I-12 versions are counted by events': `
    select c.id from cases c left join case_event e on e.account_id = c.account_id and e.case_id = c.id
    group by c.account_id, c.id, c.version
    having count(e.seq) <> c.version or min(e.seq) <> 1 or max(e.seq) <> c.version`,
  'I-16 the status is one of the category': `
    select c.id from cases c left join case_status s on s.account_id = c.account_id and s.id = c.status_id
    where s.category is distinct from c.category`,
  'I-17 parents have no parents': `
    select c.id from cases c join cases p on p.account_id = c.account_id and p.id = c.parent_id
    where p.parent_id is not null or p.id = c.id`,
  'numbers are given once': `
    select account_id as id from cases group by account_id, number having count(*) > 1`,
};

/** The invariants that some case breaks, with an id of one. */
export async function brokenInvariants(pool: Pool): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, text] of Object.entries(INVARIANTS)) {
    const { rows } = await pool.query<{ id: string }>(text);
    broken.push(...rows.slice(0, 1).map(({ id }) => `${name}: ${id} and ${rows.length - 1} more`));
  }
  return broken;
}
