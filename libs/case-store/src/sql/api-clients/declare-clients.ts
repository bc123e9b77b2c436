import { newId } from '#libs/interaction';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';
import { agentId } from '../agents/declare-agents.js';

export interface DeclaredClient {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses of declared agents that it may act for; null is all of them. */
  readonly allowedAgents: readonly string[] | null;
  /** Where it is declared, such as `apiKeys[0]`. */
  readonly place: string;
}

/** Upserts the clients by name; one that was made otherwise or revoked is the declaration's from now on. */
export async function declareClients(
  client: Queryable,
  accountId: string,
  clients: readonly DeclaredClient[],
): Promise<void> {
  await client.query({
    text: `
      insert into api_client as kept (account_id, id, name, scopes, allowed_agents, managed_by, place)
      select $1, id, name, scopes::text[], allowed_agents::uuid[], 'file', place
      from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
        as given (id, name, scopes, allowed_agents, place)
      on conflict (account_id, name) do update set
        scopes = excluded.scopes, allowed_agents = excluded.allowed_agents, state = 'active', managed_by = 'file',
        place = excluded.place, version = kept.version + 1
      where (kept.scopes, kept.allowed_agents, kept.state, kept.managed_by, kept.place)
        is distinct from (excluded.scopes, excluded.allowed_agents, 'active', 'file', excluded.place)`,
    values: [
      accountId,
      clients.map(newId),
      clients.map(({ name }) => name),
      clients.map(({ scopes }) => textArray(scopes)),
      clients.map(
        ({ allowedAgents }) => allowedAgents && plainArray(allowedAgents.map((email) => agentId(accountId, { email }))),
      ),
      clients.map(({ place }) => place),
    ],
  });
}
