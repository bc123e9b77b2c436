import type { Pool } from 'pg';
import { apiKeyHash, declareClientKeys, generateApiKey, insertClient } from '#libs/case-store';
import { newId } from '#libs/interaction';

export { generateApiKey };

/** Makes a client of that name, or gives the one there is another key, and returns the key, which is kept as a hash. */
export async function createApiKey(
  pool: Pool,
  {
    accountId,
    name,
    scopes,
  }: { readonly accountId: string; readonly name: string; readonly scopes: readonly string[] },
): Promise<string> {
  const key = generateApiKey();
  await insertClient(pool, { accountId, id: newId(), name, scopes, allowedAgents: null });
  await declareClientKeys(pool, accountId, [{ name, keyHash: apiKeyHash(key) }]);
  return key;
}
