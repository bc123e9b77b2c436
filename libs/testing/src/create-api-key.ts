import { createClient } from '#libs/case-store';
import { transaction } from '#libs/postgres';
import type { Pool } from 'pg';

/** Makes an API client that may act for all agents, and returns its key. */
export async function createApiKey(
  pool: Pool,
  wanted: { readonly accountId: string; readonly name: string; readonly scopes: readonly string[] },
): Promise<string> {
  const outcome = await transaction(pool, (client) => createClient(client, { ...wanted, allowedAgents: null }));
  if (outcome.kind !== 'done') {
    throw new Error(`the client ${wanted.name} was not made: ${outcome.kind}`);
  }
  return outcome.key;
}
