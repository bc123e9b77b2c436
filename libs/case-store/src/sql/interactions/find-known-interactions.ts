import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction that an earlier transaction has settled. */
export interface KnownInteraction {
  readonly id: string;
  readonly caseId: string | null;
  readonly endpoints: readonly string[];
  /** A person took it out of the quarantine, and nothing was made of it since. */
  readonly released: boolean;
}

/** Which of the ids are settled already. */
export async function findKnownInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<KnownInteraction[]> {
  return rowsOf<KnownInteraction>(client, {
    name: 'find_known_interactions',
    text: `
      select id, case_id as "caseId", endpoints, outcome = 'released' as released
      from interaction
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(ids)],
  });
}
