import { newId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

export interface DeclaredClient {
  readonly name: string;
  readonly scopes: readonly string[];
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
      insert into api_client as kept (account_id, id, name, scopes, managed_by, place)
      select $1, id, name, scopes::text[], 'file', place
      from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (id, name, scopes, place)
      on conflict (account_id, name) do update set
        scopes = excluded.scopes, allowed_agents = null, state = 'active', managed_by = 'file',
        place = excluded.place, version = kept.version + 1
      where (kept.scopes, kept.allowed_agents, kept.state, kept.managed_by, kept.place)
        is distinct from (excluded.scopes, null::uuid[], 'active', 'file', excluded.place)`,
    values: [
      accountId,
      clients.map(newId),
      clients.map(({ name }) => name),
      clients.map(({ scopes }) => `{${scopes.map((scope) => JSON.stringify(scope)).join(',')}}`),
      clients.map(({ place }) => place),
    ],
  });
}
