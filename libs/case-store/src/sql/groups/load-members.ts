import type { Member } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface MemberRow {
  readonly groupId: string;
  readonly agentId: string;
  readonly capacity: number | null;
  readonly lastAssignedAt: Date | null;
  /** Whether the choice depends on how many open cases the agent has. */
  readonly counted: boolean;
  /** Kinds of work for which the agent has said not to be online. */
  readonly away: Member['away'];
  readonly skills: Member['skills'];
}

/**
 * The members of the groups who are active, with what an assignment weighs. What an agent said of one kind of work counts
 * before what she said of all; who said nothing is there.
 */
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
          or coalesce(m.capacity, g.capacity_per_agent) is not null as counted,
        array(
          select kind.name
          from unnest(array['email', 'voice']) as kind (name)
          join lateral (
            select p.state from agent_presence p
            where p.account_id = a.account_id and p.agent_id = a.id and p.channel in (kind.name, 'all')
            order by p.channel = 'all'
            limit 1
          ) as said on said.state <> 'online'
        ) as away,
        a.skills
      from group_member m
      join agent_group g on g.account_id = m.account_id and g.id = m.group_id
      join agent a on a.account_id = m.account_id and a.id = m.agent_id and a.active
      where m.account_id = $1 and m.group_id = any ($2::uuid[])
      order by m.group_id, m.agent_id`,
    values: [accountId, plainArray(groupIds)],
  });
}
