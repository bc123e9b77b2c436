import { rowsOf, type Queryable } from '../../queryable.js';

export interface WakeRow {
  /** Decimal text. */
  readonly id: string;
  readonly accountId: string;
  readonly agentId: string | null;
  readonly groupId: string | null;
}

/** What happened and was not looked at yet, at most `limit`. */
export async function readWakes(client: Queryable, limit: number): Promise<WakeRow[]> {
  return rowsOf<WakeRow>(client, {
    name: 'read_wakes',
    text: `
      select id::text, account_id as "accountId", agent_id as "agentId", group_id as "groupId"
      from assignment_wake
      order by id
      limit $1`,
    values: [limit],
  });
}
