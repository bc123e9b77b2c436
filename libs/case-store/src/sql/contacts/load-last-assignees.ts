import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export interface LastAssigneeRow {
  readonly contactId: string;
  readonly groupId: string;
  readonly agentId: string;
  readonly at: Date;
}

/** Who holds each contact's newest assigned case in each of the groups. */
export async function loadLastAssignees(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
  groupIds: readonly string[],
): Promise<LastAssigneeRow[]> {
  return rowsOf<LastAssigneeRow>(client, {
    name: 'load_last_assignees',
    text: `
      select requester as "contactId", agent_group as "groupId", last.assignee_id as "agentId", last.updated_at as at
      from unnest($2::uuid[]) as requester
      cross join unnest($3::uuid[]) as agent_group
      cross join lateral (
        select c.assignee_id, c.updated_at
        from cases c
        where c.account_id = $1 and c.requester_id = requester and c.group_id = agent_group
          and c.assignee_id is not null
        order by c.id desc
        limit 1
      ) as last`,
    values: [accountId, plainArray(contactIds), plainArray(groupIds)],
  });
}
