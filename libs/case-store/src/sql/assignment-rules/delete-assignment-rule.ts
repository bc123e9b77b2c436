import type { Queryable } from '../../queryable.js';

export async function deleteAssignmentRule(client: Queryable, accountId: string, id: string): Promise<void> {
  await client.query({
    text: 'delete from assignment_rule where account_id = $1 and id = $2',
    values: [accountId, id],
  });
}
