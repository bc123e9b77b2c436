import type { Queryable } from '../../queryable.js';

export interface NewClient {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Ids of the agents that it may act for; null is all of them. */
  readonly allowedAgents: readonly string[] | null;
}

/** Keeps a client without a key. False when its name is taken. */
export async function insertClient(client: Queryable, made: NewClient): Promise<boolean> {
  const result = await client.query({
    text: `
      insert into api_client (account_id, id, name, scopes, allowed_agents) values ($1, $2, $3, $4, $5)
      on conflict (account_id, name) do nothing`,
    values: [made.accountId, made.id, made.name, made.scopes, made.allowedAgents],
  });
  return result.rowCount === 1;
}
