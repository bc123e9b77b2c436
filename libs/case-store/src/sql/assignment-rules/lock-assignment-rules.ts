import { rowsOf, type Queryable } from '../../queryable.js';
import { ASSIGNMENT_RULE_COLUMNS, type AssignmentRuleView } from './assignment-rule-row.js';

/**
 * All rules of the account, held until the transaction ends. The account's row comes first, so that two who make rules go
 * one after the other.
 */
export async function lockAssignmentRules(client: Queryable, accountId: string): Promise<AssignmentRuleView[]> {
  await client.query({ text: 'select 1 from account where id = $1 for no key update', values: [accountId] });
  return rowsOf<AssignmentRuleView>(client, {
    text: `select ${ASSIGNMENT_RULE_COLUMNS} from assignment_rule where account_id = $1 order by id for update`,
    values: [accountId],
  });
}
