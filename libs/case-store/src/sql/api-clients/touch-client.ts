import type { Queryable } from '../../queryable.js';

/** Notes that a client was here, unless somebody noted it within the last minute. */
export async function touchClient(
  client: Queryable,
  { accountId, clientId }: { readonly accountId: string; readonly clientId: string },
): Promise<void> {
  await client.query({
    name: 'touch_client',
    text: `
      update api_client set last_used_at = now()
      where account_id = $1 and id = $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    values: [accountId, clientId],
  });
}
