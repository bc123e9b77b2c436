import type { Queryable } from '../../queryable.js';
import type { ClientView } from './client-view.js';

/** Writes name, scopes, agents and state as they are given, as the next version. */
export async function updateClient(
  client: Queryable,
  accountId: string,
  { id, name, scopes, allowedAgents, state }: Pick<ClientView, 'id' | 'name' | 'scopes' | 'allowedAgents' | 'state'>,
): Promise<void> {
  await client.query({
    text: `
      update api_client set name = $3, scopes = $4, allowed_agents = $5, state = $6, version = version + 1
      where account_id = $1 and id = $2`,
    values: [accountId, id, name, scopes, allowedAgents, state],
  });
}
