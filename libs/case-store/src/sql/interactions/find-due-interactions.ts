import type { Channel } from '#libs/interaction';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction that time changes, if nothing else has changed it since. */
export interface DueInteraction {
  readonly accountId: string;
  readonly id: string;
  readonly channel: Channel;
}

/** What is due at an instant or before, over all accounts, longest due first. No lock is taken. */
export async function findDueInteractions(client: Queryable, until: string, limit: number): Promise<DueInteraction[]> {
  return rowsOf<DueInteraction>(client, {
    name: 'find_due_interactions',
    text: `
      select account_id as "accountId", id, channel
      from interaction
      where due_at <= $1
      order by due_at
      limit $2`,
    values: [until, limit],
  });
}

/** When something is due next, over all accounts, and what time it is by the clock that it is dated by. */
export async function findNextDue(client: Queryable): Promise<{ readonly at: Date | null; readonly now: Date }> {
  const [row] = await rowsOf<{ at: Date | null; now: Date }>(client, {
    name: 'find_next_due',
    text: 'select (select min(due_at) from interaction where due_at is not null) as at, clock_timestamp() as now',
  });
  if (row === undefined) {
    throw new Error('the database did not say what time it is');
  }
  return row;
}
