import type { Queryable } from '../../queryable.js';

/** Makes the agent a member of the groups as the API wants it; memberships that are there stay as they are. */
export async function joinGroups(
  client: Queryable,
  accountId: string,
  agentId: string,
  groupIds: readonly string[],
): Promise<void> {
  await client.query({
    text: `
      insert into group_member (account_id, group_id, agent_id)
      select $1, group_id, $2 from unnest($3::uuid[]) as group_id
      on conflict do nothing`,
    values: [accountId, agentId, groupIds],
  });
}

/** The agent is no member of the groups any more. */
export async function leaveGroups(
  client: Queryable,
  accountId: string,
  agentId: string,
  groupIds: readonly string[],
): Promise<void> {
  await client.query({
    text: 'delete from group_member where account_id = $1 and agent_id = $2 and group_id = any ($3::uuid[])',
    values: [accountId, agentId, groupIds],
  });
}

/** Capacity and position of a member. */
export async function updateMember(
  client: Queryable,
  accountId: string,
  member: {
    readonly groupId: string;
    readonly agentId: string;
    readonly capacity: number | null;
    readonly position: number;
  },
): Promise<void> {
  await client.query({
    text: `
      update group_member set capacity = $4, position = $5
      where account_id = $1 and group_id = $2 and agent_id = $3`,
    values: [accountId, member.groupId, member.agentId, member.capacity, member.position],
  });
}
