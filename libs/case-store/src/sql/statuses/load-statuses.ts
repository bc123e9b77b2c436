import type { CaseStatus } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Every status of the account, inactive ones too: cases may still be in them. */
export async function loadStatuses(client: Queryable, accountId: string): Promise<CaseStatus[]> {
  return rowsOf<CaseStatus>(client, {
    name: 'load_statuses',
    text: `
      select
        id, key, agent_label as "agentLabel", requester_label as "requesterLabel", category,
        is_default as "isDefault", active
      from case_status
      where account_id = $1
      order by position, id`,
    values: [accountId],
  });
}
