import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Locks the first case of each family, in the order of ids. Whoever holds it is alone in the family: nobody else adds
 * a follow-up to it (I-15). The family itself has to be read in a later statement, because this one may have waited
 * and would still see what was there before.
 */
export async function lockFamilyRoots(client: Queryable, accountId: string, rootIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'lock_family_roots',
    text: `
      select id
      from cases
      where account_id = $1 and id = any ($2::uuid[])
      order by id
      for update`,
    values: [accountId, plainArray(rootIds)],
  });
}
