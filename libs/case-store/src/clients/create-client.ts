import { newId } from '#libs/interaction';
import { apiKeyHash, generateApiKey } from '../api-key.js';
import type { Queryable } from '../queryable.js';
import { insertClient, type NewClient } from '../sql/api-clients/insert-client.js';
import { insertClientKey } from '../sql/api-clients/insert-client-key.js';
import { loadClient } from '../sql/api-clients/load-client.js';
import { lockClients } from '../sql/api-clients/lock-clients.js';
import type { KeyOutcome } from './client-outcome.js';

/** Makes a client with a key, in the caller's transaction; only the hash of the key is kept. */
export async function createClient(transaction: Queryable, wanted: Omit<NewClient, 'id'>): Promise<KeyOutcome> {
  const { accountId, name } = wanted;
  await lockClients(transaction, accountId);
  const holder = await loadClient(transaction, accountId, { name });
  if (holder !== null) {
    return { kind: 'name-taken', id: holder.id };
  }
  const [id, key] = [newId(), generateApiKey()];
  await insertClient(transaction, { ...wanted, id });
  await insertClientKey(transaction, { accountId, clientId: id, keyHash: apiKeyHash(key) });
  const client = await loadClient(transaction, accountId, { id });
  return client === null ? { kind: 'unknown' } : { kind: 'done', client, key };
}
