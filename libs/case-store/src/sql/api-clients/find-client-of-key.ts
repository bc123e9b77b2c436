import { rowsOf, type Queryable } from '../../queryable.js';

/** A client whose key was presented, and what that key is kept as. */
export interface KnownClient {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Ids of the agents that it may act for; null is all of them. */
  readonly allowedAgents: readonly string[] | null;
  readonly lastUsedAt: Date | null;
  readonly keyHash: Buffer;
}

/** The client of the key with the SHA-256; null when the key is unknown or over, or its client revoked. */
export async function findClientOfKey(client: Queryable, keyHash: Buffer): Promise<KnownClient | null> {
  const [found] = await rowsOf<KnownClient>(client, {
    name: 'find_client_of_key',
    text: `
      select c.account_id as "accountId", c.id as "clientId", c.name as "clientName", c.scopes,
        c.allowed_agents as "allowedAgents", c.last_used_at as "lastUsedAt", k.key_hash as "keyHash"
      from api_client_key k join api_client c on c.account_id = k.account_id and c.id = k.client_id
      where k.key_hash = $1 and c.state = 'active' and (k.expires_at is null or k.expires_at > now())`,
    values: [keyHash],
  });
  return found ?? null;
}
