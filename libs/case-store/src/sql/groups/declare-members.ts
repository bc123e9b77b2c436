import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';
import { agentId, type DeclaredAgent } from '../agents/declare-agents.js';

/** Makes the agents members of the groups that the file gives them; other memberships stay, and are the API's. */
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
      with given as (
        select distinct group_id, agent_id from unnest($2::uuid[], $3::uuid[]) as given (group_id, agent_id)
      ),
      left_out as (
        update group_member m set managed_by = 'api'
        where m.account_id = $1 and m.managed_by = 'file'
          and not exists (select 1 from given where given.group_id = m.group_id and given.agent_id = m.agent_id)
      )
      insert into group_member (account_id, group_id, agent_id, managed_by)
      select $1, group_id, agent_id, 'file' from given
      on conflict (account_id, group_id, agent_id) do update set managed_by = 'file'
      where group_member.managed_by <> 'file'`,
    values: [
      accountId,
      members.map((member) => declaredId(accountId, 'group', member.group)),
      members.map((member) => member.agent),
    ],
  });
}
