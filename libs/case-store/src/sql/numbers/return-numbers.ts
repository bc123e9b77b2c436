import type { Queryable } from '../../queryable.js';

/** Gives back the numbers from `first` to `last`, unless somebody has taken later ones since. */
export async function returnNumbers(client: Queryable, accountId: string, first: bigint, last: bigint): Promise<void> {
  await client.query({
    text: 'update case_number_counter set next_number = $2 where account_id = $1 and next_number = $3::bigint + 1',
    values: [accountId, first.toString(), last.toString()],
  });
}
