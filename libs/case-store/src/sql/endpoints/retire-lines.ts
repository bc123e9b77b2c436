import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';
import type { DeclaredEndpoint } from './declare-endpoints.js';

/** Lines of connections that are not declared any more are none: what cases say of them stays. */
export async function retireLines(
  client: Queryable,
  accountId: string,
  endpoints: readonly Pick<DeclaredEndpoint, 'kind' | 'address'>[],
): Promise<void> {
  await client.query({
    text: `
      update channel_endpoint set active = false
      where account_id = $1 and kind = 'phone_number' and connection is not null and active and id <> all ($2::uuid[])`,
    values: [accountId, endpoints.map(({ kind, address }) => declaredId(accountId, 'endpoint', `${kind}:${address}`))],
  });
}
