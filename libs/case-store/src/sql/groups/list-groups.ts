import { rowsOf, type Queryable } from '../../queryable.js';
import type { GroupDetail } from './group-detail.js';

/** All groups of the account, inactive ones too, in no order. */
export async function listGroups(client: Queryable, accountId: string): Promise<GroupDetail[]> {
  return rowsOf<GroupDetail>(client, {
    text: `
      select g.id, g.name, g.active, g.strategy, g.capacity_per_agent as "capacityPerAgent",
        g.required_skills as "requiredSkills", g.reopen_policy as "reopenPolicy",
        g.reopen_window_days as "reopenWindowDays", g.keep_owner_on_reopen as "keepOwnerOnReopen",
        g.signature_text as "signatureText", g.signature_html as "signatureHtml", g.managed_by as "managedBy", g.place,
        g.version, g.changed_in as "changedIn", g.created_at as "createdAt", g.updated_at as "updatedAt",
        coalesce((
          select json_agg(json_build_object(
            'agentId', m.agent_id, 'capacity', m.capacity, 'position', m.position, 'managedBy', m.managed_by
          ) order by m.position, m.agent_id)
          from group_member m
          where m.account_id = g.account_id and m.group_id = g.id
        ), '[]') as members
      from agent_group g
      where g.account_id = $1`,
    values: [accountId],
  });
}
