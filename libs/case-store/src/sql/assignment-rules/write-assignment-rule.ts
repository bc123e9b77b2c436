import { rowsOf, type Queryable } from '../../queryable.js';
import { ASSIGNMENT_RULE_COLUMNS, type AssignmentRuleRow, type AssignmentRuleView } from './assignment-rule-row.js';

/** Stores a new rule. */
export async function insertAssignmentRule(
  client: Queryable,
  accountId: string,
  row: AssignmentRuleRow,
): Promise<AssignmentRuleView> {
  const [stored] = await rowsOf<AssignmentRuleView>(client, {
    text: `
      insert into assignment_rule (
        account_id, id, name, position, active, match, conditions, actions, stop, group_ids, agent_ids, problem_ids,
        broken_because, managed_by
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      returning ${ASSIGNMENT_RULE_COLUMNS}`,
    values: [accountId, row.id, ...written(row), row.managedBy],
  });
  return storedOf(stored);
}

/** Stores a further version of a rule; `changed` are the public names of the parts that differ. */
export async function updateAssignmentRule(
  client: Queryable,
  accountId: string,
  row: AssignmentRuleRow,
  changed: readonly string[],
): Promise<AssignmentRuleView> {
  const [stored] = await rowsOf<AssignmentRuleView>(client, {
    text: `
      update assignment_rule
      set name = $3, position = $4, active = $5, match = $6, conditions = $7, actions = $8, stop = $9, group_ids = $10,
        agent_ids = $11, problem_ids = $12, broken_because = $13, version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(part, version + 1) from unnest($14::text[]) as part)
      where account_id = $1 and id = $2
      returning ${ASSIGNMENT_RULE_COLUMNS}`,
    values: [accountId, row.id, ...written(row), [...changed]],
  });
  return storedOf(stored);
}

function written(row: AssignmentRuleRow): unknown[] {
  const { name, position, active, match, conditions, actions, stop, groupIds, agentIds, problemIds } = row;
  const named = [groupIds, agentIds, problemIds];
  return [
    name,
    position,
    active,
    match,
    JSON.stringify(conditions),
    JSON.stringify(actions),
    stop,
    ...named,
    row.brokenBecause,
  ];
}

function storedOf(stored: AssignmentRuleView | undefined): AssignmentRuleView {
  if (stored === undefined) {
    throw new Error('the rule was not stored');
  }
  return stored;
}
