import type { Queryable } from '../../queryable.js';

/** Deletes a status that nothing ever used. */
export async function deleteStatus(client: Queryable, accountId: string, id: string): Promise<void> {
  await client.query({ text: 'delete from case_status where account_id = $1 and id = $2', values: [accountId, id] });
}
