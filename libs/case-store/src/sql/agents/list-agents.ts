import { rowsOf, type Queryable } from '../../queryable.js';
import type { AgentDetail } from './agent-detail.js';

/** All agents of the account, inactive ones too, in no order. */
export async function listAgents(client: Queryable, accountId: string): Promise<AgentDetail[]> {
  return rowsOf<AgentDetail>(client, {
    text: `
      select a.id, a.email, a.name, a.role, a.active, a.extensions, a.default_group_id as "defaultGroupId", a.skills,
        a.time_zone as "timeZone", a.managed_by as "managedBy", a.place, a.version, a.changed_in as "changedIn",
        a.created_at as "createdAt", a.updated_at as "updatedAt",
        coalesce((
          select json_agg(json_build_object('groupId', m.group_id, 'managedBy', m.managed_by) order by m.group_id)
          from group_member m
          where m.account_id = a.account_id and m.agent_id = a.id
        ), '[]') as memberships,
        coalesce((
          select json_agg(json_build_object(
            'channel', p.channel, 'state', p.state,
            'since', to_char(p.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          ) order by p.channel)
          from agent_presence p
          where p.account_id = a.account_id and p.agent_id = a.id
        ), '[]') as presence
      from agent a
      where a.account_id = $1`,
    values: [accountId],
  });
}
