import type { AssignmentStrategy, ReopenPolicy } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

export interface DeclaredGroup {
  readonly name: string;
  readonly strategy: AssignmentStrategy;
  readonly capacityPerAgent: number | null;
  readonly reopenPolicy: ReopenPolicy | null;
  readonly reopenWindowDays: number | null;
  readonly keepOwnerOnReopen: boolean;
}

/**
 * Upserts the groups by name. Those that the file does not name any more are the API's from then on; skills and signatures
 * are in any case.
 */
export async function declareGroups(
  client: Queryable,
  accountId: string,
  groups: readonly DeclaredGroup[],
): Promise<void> {
  await client.query({
    text: `
      with left_out as (
        update agent_group set managed_by = 'api', place = null, version = version + 1, updated_at = now()
        where account_id = $1 and managed_by = 'file' and id <> all ($2::uuid[])
      )
      insert into agent_group (
        account_id, id, name, strategy, capacity_per_agent, reopen_policy, reopen_window_days, keep_owner_on_reopen,
        managed_by, place
      )
      select $1, id, name, strategy, capacity, policy, days, keeps, 'file', 'groups[' || index - 1 || ']'
      from unnest(
        $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::int[], $8::boolean[]
      ) with ordinality as given (id, name, strategy, capacity, policy, days, keeps, index)
      on conflict (account_id, id) do update set
        name = excluded.name, active = true, strategy = excluded.strategy,
        capacity_per_agent = excluded.capacity_per_agent,
        reopen_policy = excluded.reopen_policy, reopen_window_days = excluded.reopen_window_days,
        keep_owner_on_reopen = excluded.keep_owner_on_reopen, managed_by = excluded.managed_by, place = excluded.place,
        version = agent_group.version + 1, updated_at = now()
      where (
        agent_group.name, agent_group.active, agent_group.strategy, agent_group.capacity_per_agent,
        agent_group.reopen_policy, agent_group.reopen_window_days, agent_group.keep_owner_on_reopen,
        agent_group.managed_by, agent_group.place
      ) is distinct from (
        excluded.name, true, excluded.strategy, excluded.capacity_per_agent, excluded.reopen_policy,
        excluded.reopen_window_days, excluded.keep_owner_on_reopen, excluded.managed_by, excluded.place
      )`,
    values: [
      accountId,
      groups.map((group) => declaredId(accountId, 'group', group.name)),
      groups.map((group) => group.name),
      groups.map((group) => group.strategy),
      groups.map((group) => group.capacityPerAgent),
      groups.map((group) => group.reopenPolicy),
      groups.map((group) => group.reopenWindowDays),
      groups.map((group) => group.keepOwnerOnReopen),
    ],
  });
}
