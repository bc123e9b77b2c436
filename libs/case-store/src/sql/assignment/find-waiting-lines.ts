import type { WorkChannel } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { CHANNEL_OF_CASE, WAITING } from './waiting-cases.js';

/** Cases of one kind of work that wait in a group. */
export interface WaitingLine {
  readonly accountId: string;
  readonly groupId: string;
  readonly channel: WorkChannel;
}

const WAITING_LINE = `
  cross join unnest(array['email', 'voice']) as kind (name)
  where g.active and g.strategy <> 'manual' and exists (
    select 1 from cases c
    where c.account_id = g.account_id and c.group_id = g.id and ${CHANNEL_OF_CASE} = kind.name and ${WAITING}
  )`;

/** Where cases wait in the groups, and in those of the agents, that assign by themselves. */
export async function findWokenLines(
  client: Queryable,
  accountId: string,
  { agentIds, groupIds }: { readonly agentIds: readonly string[]; readonly groupIds: readonly string[] },
): Promise<WaitingLine[]> {
  return rowsOf<WaitingLine>(client, {
    name: 'find_woken_lines',
    text: `
      with woken as (
        select unnest($3::uuid[]) as id
        union
        select m.group_id from group_member m where m.account_id = $1 and m.agent_id = any ($2::uuid[])
      )
      select g.account_id as "accountId", g.id as "groupId", kind.name as channel
      from woken
      join agent_group g on g.account_id = $1 and g.id = woken.id
      ${WAITING_LINE}
      order by g.id, kind.name`,
    values: [accountId, plainArray(agentIds), plainArray(groupIds)],
  });
}

/** Where cases wait in all groups that assign by themselves: what a lost wake-up would leave for ever. */
export async function findWaitingLines(client: Queryable): Promise<WaitingLine[]> {
  return rowsOf<WaitingLine>(client, {
    name: 'find_waiting_lines',
    text: `
      select g.account_id as "accountId", g.id as "groupId", kind.name as channel
      from agent_group g
      ${WAITING_LINE}
      order by g.account_id, g.id, kind.name`,
    values: [],
  });
}
