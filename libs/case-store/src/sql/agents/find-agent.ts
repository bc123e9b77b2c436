import { rowsOf, type Queryable } from '../../queryable.js';

/** An agent by its id or its address. */
export type AgentName = { readonly id: string } | { readonly email: string };

export interface AgentView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
  readonly role: string;
}

/** The agent of the name, an inactive one too; null when there is none. */
export async function findAgent(client: Queryable, accountId: string, name: AgentName): Promise<AgentView | null> {
  const [found] = await rowsOf<AgentView>(client, {
    name: 'find_agent',
    text: `
      select id, email, name, active, role
      from agent
      where account_id = $1 and (id = $2::uuid or email = $3)`,
    values: [accountId, 'id' in name ? name.id : null, 'email' in name ? name.email : null],
  });
  return found ?? null;
}
