import type { Queryable } from '../../queryable.js';
import type { AssignmentRuleRow } from './assignment-rule-row.js';

/** Stores the rules of the configuration file, and forgets those that have left it. Who says the same changes nothing. */
export async function declareAssignmentRules(
  client: Queryable,
  accountId: string,
  rules: readonly AssignmentRuleRow[],
): Promise<void> {
  await client.query({
    text: `delete from assignment_rule where account_id = $1 and managed_by = 'file' and id <> all ($2::uuid[])`,
    values: [accountId, rules.map(({ id }) => id)],
  });
  await client.query({
    text: `
      insert into assignment_rule as r (
        account_id, id, name, position, active, match, conditions, actions, stop, group_ids, agent_ids, problem_ids,
        broken_because, managed_by
      )
      select $1, d.id, d.name, d.position, d.active, d.match, d.conditions, d.actions, d.stop, d."groupIds", d."agentIds",
        d."problemIds", d."brokenBecause", 'file'
      from jsonb_to_recordset($2) as d (
        id uuid, name text, position int, active boolean, match text, conditions jsonb, actions jsonb, stop boolean,
        "groupIds" uuid[], "agentIds" uuid[], "problemIds" uuid[], "brokenBecause" text
      )
      on conflict (account_id, id) do update
      set name = excluded.name, position = excluded.position, active = excluded.active, match = excluded.match,
        conditions = excluded.conditions, actions = excluded.actions, stop = excluded.stop,
        group_ids = excluded.group_ids, agent_ids = excluded.agent_ids, problem_ids = excluded.problem_ids,
        broken_because = excluded.broken_because, managed_by = 'file', version = r.version + 1, updated_at = now()
      where (r.name, r.position, r.active, r.match, r.conditions, r.actions, r.stop, r.broken_because, r.managed_by)
        is distinct from (
          excluded.name, excluded.position, excluded.active, excluded.match, excluded.conditions, excluded.actions,
          excluded.stop, excluded.broken_because, 'file'
        )`,
    values: [accountId, JSON.stringify(rules)],
  });
}
