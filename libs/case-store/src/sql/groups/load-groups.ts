import type { Group } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The settings of every group, and who its members are; what moves (`loads`, stamps) is read under the lock. */
export async function loadGroups(
  client: Queryable,
  accountId: string,
): Promise<(Omit<Group, 'members' | 'waiting'> & { readonly memberIds: string[] })[]> {
  return rowsOf(client, {
    name: 'load_groups',
    text: `
      select
        g.id, g.name, g.active, g.strategy, g.keep_owner_on_reopen as "keepOwnerOnReopen",
        g.reopen_policy as "reopenPolicy", g.reopen_window_days as "reopenWindowDays",
        g.required_skills as "requiredSkills",
        array(
          select m.agent_id from group_member m
          where m.account_id = g.account_id and m.group_id = g.id
          order by m.agent_id
        ) as "memberIds"
      from agent_group g
      where g.account_id = $1`,
    values: [accountId],
  });
}
