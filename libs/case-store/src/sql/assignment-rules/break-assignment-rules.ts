import { rowsOf, type Queryable } from '../../queryable.js';

/** A rule that was switched off. */
export interface BrokenRule {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly because: string;
}

/**
 * Switches off the rules that name what cannot be used any more: a group or an agent who is not active, a problem that is
 * resolved or gone. For whoever takes something out of use, in the same transaction; `accountId` null looks at all accounts.
 */
export async function breakAssignmentRules(client: Queryable, accountId: string | null): Promise<BrokenRule[]> {
  return rowsOf<BrokenRule>(client, {
    name: 'break_assignment_rules',
    text: `
      with broken as (
        select r.account_id, r.id, coalesce(
          (
            select format('the group %s is not active', g.name) from agent_group g
            where g.account_id = r.account_id and g.id = any (r.group_ids) and not g.active order by g.name limit 1
          ),
          (
            select format('the agent %s is not active', a.email) from agent a
            where a.account_id = r.account_id and a.id = any (r.agent_ids) and not a.active order by a.email limit 1
          ),
          (
            select format('the case %s is no open problem', coalesce(c.number::text, p.id::text))
            from unnest(r.problem_ids) as p (id)
            left join cases c on c.account_id = r.account_id and c.id = p.id
            where c.id is null or c.type is distinct from 'problem' or c.category = 'resolved'
              or c.closed_at is not null or c.deleted_at is not null
            limit 1
          )
        ) as because
        from assignment_rule r
        where r.active and ($1::uuid is null or r.account_id = $1)
      )
      update assignment_rule r
      set active = false, broken_because = b.because, version = r.version + 1, updated_at = now(),
        changed_in = r.changed_in || jsonb_build_object('active', r.version + 1, 'broken_because', r.version + 1)
      from broken b
      where b.because is not null and r.account_id = b.account_id and r.id = b.id and r.active
      returning r.account_id as "accountId", r.id, r.name, r.broken_because as because`,
    values: [accountId],
  });
}
