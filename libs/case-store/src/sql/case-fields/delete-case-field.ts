import type { Queryable } from '../../queryable.js';

/** Deletes a field that no case ever had. */
export async function deleteCaseField(client: Queryable, accountId: string, id: string): Promise<void> {
  await client.query({ text: 'delete from case_field where account_id = $1 and id = $2', values: [accountId, id] });
}
