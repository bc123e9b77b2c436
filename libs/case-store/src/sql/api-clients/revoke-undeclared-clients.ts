import type { Queryable } from '../../queryable.js';

/** Revokes what was declared once and is not among the names any more: leaving the file ends a key. */
export async function revokeUndeclaredClients(
  client: Queryable,
  accountId: string,
  names: readonly string[],
): Promise<void> {
  await client.query({
    text: `
      update api_client set state = 'revoked', managed_by = 'api', place = null, version = version + 1
      where account_id = $1 and managed_by = 'file' and name <> all ($2::text[])`,
    values: [accountId, names],
  });
}
