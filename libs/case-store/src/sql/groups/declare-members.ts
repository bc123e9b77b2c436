import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';
import { agentId, type DeclaredAgent } from '../agents/declare-agents.js';

/** Makes the agents members of the groups that the file gives them; other memberships stay. */
export async function declareMembers(
  client: Queryable,
  accountId: string,
  agents: readonly DeclaredAgent[],
): Promise<void> {
  const members = agents.flatMap((agent) => {
    return agent.groups.map((group) => ({ agent: agentId(accountId, agent), group }));
  });
  await client.query({
    text: `
      insert into group_member (account_id, group_id, agent_id)
      select $1, given.*
      from unnest($2::uuid[], $3::uuid[]) as given
      on conflict do nothing`,
    values: [
      accountId,
      members.map((member) => declaredId(accountId, 'group', member.group)),
      members.map((member) => member.agent),
    ],
  });
}
