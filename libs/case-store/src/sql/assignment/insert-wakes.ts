import type { Wakes } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** NOTIFY channel of those who give away cases that wait. A wake-up only: the rows say what happened. */
export const WAKE_CHANNEL = 'casewright_assignment';

/** Says, once this is committed, that cases that wait may find somebody. */
export async function insertWakes(client: Queryable, accountId: string, { agentIds, groupIds }: Wakes): Promise<void> {
  await client.query({
    name: 'insert_wakes',
    text: `
      with added as (
        insert into assignment_wake (account_id, agent_id, group_id)
        select $1, given.agent_id, given.group_id
        from (
          select unnest($2::uuid[]), null::uuid
          union all
          select null::uuid, unnest($3::uuid[])
        ) as given (agent_id, group_id)
      )
      select pg_notify('${WAKE_CHANNEL}', '')`,
    values: [accountId, plainArray(agentIds), plainArray(groupIds)],
  });
}
