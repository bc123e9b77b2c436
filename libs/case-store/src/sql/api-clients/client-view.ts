import type { QueryResultRow } from 'pg';

export interface ClientKeyView {
  readonly createdAt: Date;
  /** Null for one that lasts. */
  readonly expiresAt: Date | null;
}

/** An API client with the keys that work. */
export interface ClientView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Ids of the agents that it may act for; null is all of them. */
  readonly allowedAgents: readonly string[] | null;
  readonly state: 'active' | 'revoked';
  /** Where it is declared, such as `apiKeys[0]`; null for one that no file declares. */
  readonly place: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** Oldest first. */
  readonly keys: readonly ClientKeyView[];
}

/** `select … from api_client c`; the condition is appended. */
export const SELECT_CLIENTS = `
  select c.id, c.name, c.scopes, c.allowed_agents as "allowedAgents", c.state, c.place, c.version,
    c.created_at as "createdAt", c.last_used_at as "lastUsedAt",
    (select coalesce(json_agg(json_build_object('createdAt', k.created_at, 'expiresAt', k.expires_at)
       order by k.created_at, k.key_hash), '[]')
     from api_client_key k
     where k.account_id = c.account_id and k.client_id = c.id and (k.expires_at is null or k.expires_at > now())
    ) as keys
  from api_client c`;

interface WrittenKey {
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export type ClientRow = Omit<ClientView, 'keys'> & { readonly keys: readonly WrittenKey[] } & QueryResultRow;

/** Inside of JSON the driver leaves instants as they are written. */
export function clientViewOf(row: ClientRow): ClientView {
  const keys = row.keys.map(({ createdAt, expiresAt }) => ({
    createdAt: new Date(createdAt),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  }));
  return { ...row, keys };
}
