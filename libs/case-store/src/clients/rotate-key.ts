import { apiKeyHash, generateApiKey } from '../api-key.js';
import type { Queryable } from '../queryable.js';
import { expireClientKeys } from '../sql/api-clients/expire-client-keys.js';
import { insertClientKey } from '../sql/api-clients/insert-client-key.js';
import { loadClient, type ClientName } from '../sql/api-clients/load-client.js';
import { updateClient } from '../sql/api-clients/update-client.js';
import { lockChangeable } from './change-client.js';
import type { KeyOutcome } from './client-outcome.js';

/** How long the old key goes on beside the new one. */
const OVERLAP_HOURS = 24;

/** Gives a client another key, in the caller's transaction. The one that it has works for 24 h more, so that nothing stops. */
export async function rotateKey(transaction: Queryable, accountId: string, name: ClientName): Promise<KeyOutcome> {
  const found = await lockChangeable(transaction, accountId, name);
  if (found.kind !== 'changeable') {
    return found;
  }
  const { id, keys } = found.client;
  const [until] = keys
    .flatMap(({ expiresAt }) => expiresAt ?? [])
    .sort((one, other) => one.getTime() - other.getTime());
  if (keys.length > 1 && until !== undefined) {
    return { kind: 'two-keys', until };
  }
  const key = generateApiKey();
  await expireClientKeys(transaction, { accountId, clientId: id, hours: OVERLAP_HOURS });
  await insertClientKey(transaction, { accountId, clientId: id, keyHash: apiKeyHash(key) });
  await updateClient(transaction, accountId, found.client);
  const client = await loadClient(transaction, accountId, { id });
  return client === null ? { kind: 'unknown' } : { kind: 'done', client, key };
}
