import type { Interaction } from '#libs/interaction';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface SpokenInCase {
  readonly caseId: string;
  readonly interaction: Interaction;
}

/** Of so many in one case the latest: a family is a few calls and the messages left in them. */
const MOST_OF_CASE = 50;

/** Calls, and messages left in calls, that are in the cases. */
export async function loadSpoken(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<SpokenInCase[]> {
  return rowsOf<SpokenInCase>(client, {
    name: 'load_spoken',
    text: `
      select given.id as "caseId", said.payload as interaction
      from unnest($2::uuid[]) as given (id)
      cross join lateral (
        select payload
        from interaction i
        where i.account_id = $1 and i.case_id = given.id and i.call_outcome is not null and i.redacted_at is null
        order by occurred_at desc, id desc
        limit ${MOST_OF_CASE}
      ) as said`,
    values: [accountId, plainArray(caseIds)],
  });
}
