import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Locks contacts in the order of ids. Whoever gives one an identity meanwhile is not held up. */
export async function lockPeople(client: Queryable, accountId: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock_people',
    text: `
      select 1 from contact
      where account_id = $1 and id = any ($2::uuid[])
      order by id
      for no key update`,
    values: [accountId, plainArray(ids)],
  });
}
