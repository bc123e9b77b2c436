import { rowsOf, type Queryable } from '../../queryable.js';
import { ASSIGNMENT_RULE_COLUMNS, type AssignmentRuleView } from './assignment-rule-row.js';

/** All rules of the account in their order: there are 100 at most, and as many of the configuration file. */
export async function listAssignmentRules(client: Queryable, accountId: string): Promise<AssignmentRuleView[]> {
  return rowsOf<AssignmentRuleView>(client, {
    name: 'list_assignment_rules',
    text: `select ${ASSIGNMENT_RULE_COLUMNS} from assignment_rule where account_id = $1 order by position, id`,
    values: [accountId],
  });
}
