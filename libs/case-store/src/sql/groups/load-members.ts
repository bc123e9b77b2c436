import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface MemberRow {
  readonly groupId: string;
  readonly agentId: string;
  readonly capacity: number | null;
  readonly lastAssignedAt: Date | null;
  /** Whether the choice depends on how many open cases the agent has. */
  readonly counted: boolean;
}

/** The members of the groups with what an assignment weighs. */
export async function loadMembers(
  client: Queryable,
  accountId: string,
  groupIds: readonly string[],
): Promise<MemberRow[]> {
  return rowsOf<MemberRow>(client, {
    name: 'load_members',
    text: `
      select
        m.group_id as "groupId", m.agent_id as "agentId", m.last_assigned_at as "lastAssignedAt",
        coalesce(m.capacity, g.capacity_per_agent) as capacity,
        g.strategy in ('least_open', 'least_open_pct', 'skills')
          or coalesce(m.capacity, g.capacity_per_agent) is not null as counted
      from group_member m
      join agent_group g on g.account_id = m.account_id and g.id = m.group_id
      where m.account_id = $1 and m.group_id = any ($2::uuid[])
      order by m.group_id, m.agent_id`,
    values: [accountId, plainArray(groupIds)],
  });
}
