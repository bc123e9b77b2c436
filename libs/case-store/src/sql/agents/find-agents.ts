import { rowsOf, type Queryable } from '../../queryable.js';
import type { AgentName, AgentView } from './find-agent.js';

/** The agents of the names, inactive ones too, in no order. */
export async function findAgents(
  client: Queryable,
  accountId: string,
  names: readonly AgentName[],
): Promise<AgentView[]> {
  return rowsOf<AgentView>(client, {
    text: `
      select id, email, name, active, role
      from agent
      where account_id = $1 and (id = any ($2::uuid[]) or email = any ($3::text[]))`,
    values: [
      accountId,
      names.flatMap((name) => ('id' in name ? [name.id] : [])),
      names.flatMap((name) => ('email' in name ? [name.email] : [])),
    ],
  });
}
