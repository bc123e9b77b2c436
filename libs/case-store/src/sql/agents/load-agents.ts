import type { Agent } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Every agent of the account, inactive ones too: a mail of theirs is still an agent's. */
export async function loadAgents(client: Queryable, accountId: string): Promise<Agent[]> {
  return rowsOf<Agent>(client, {
    name: 'load_agents',
    text: `
      select id, email, active, default_group_id as "defaultGroupId", extensions, phones, telephony
      from agent
      where account_id = $1`,
    values: [accountId],
  });
}
