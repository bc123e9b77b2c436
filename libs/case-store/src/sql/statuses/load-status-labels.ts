import { rowsOf, type Queryable } from '../../queryable.js';

/** What agents call the statuses of an account, by their ids. */
export async function loadStatusLabels(client: Queryable, accountId: string): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; agent_label: string }>(client, {
    name: 'load_status_labels',
    text: 'select id, agent_label from case_status where account_id = $1',
    values: [accountId],
  });
  return new Map(rows.map((row) => [row.id, row.agent_label]));
}
