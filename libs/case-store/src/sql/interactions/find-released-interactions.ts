import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction that was released while a release only marked its row, and that nothing was made of since. */
export interface ReleasedInteraction {
  readonly accountId: string;
  readonly id: string;
}

/** What releases of an earlier version left to be settled, over all accounts. */
export async function findReleasedInteractions(client: Queryable, limit: number): Promise<ReleasedInteraction[]> {
  return rowsOf<ReleasedInteraction>(client, {
    text: `
      select i.account_id as "accountId", i.id
      from quarantine q
      join interaction i on i.account_id = q.account_id and i.id = q.interaction_id
      where q.state = 'released' and i.outcome = 'released'
      order by i.account_id, i.id
      limit $1`,
    values: [limit],
  });
}
