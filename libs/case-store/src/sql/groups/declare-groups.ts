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

/** Upserts the groups by name. */
export async function declareGroups(
  client: Queryable,
  accountId: string,
  groups: readonly DeclaredGroup[],
): Promise<void> {
  await client.query({
    text: `
      insert into agent_group (
        account_id, id, name, strategy, capacity_per_agent, reopen_policy, reopen_window_days, keep_owner_on_reopen
      )
      select $1, given.*
      from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::int[], $8::boolean[]) as given
      on conflict (account_id, id) do update set
        name = excluded.name, strategy = excluded.strategy, capacity_per_agent = excluded.capacity_per_agent,
        reopen_policy = excluded.reopen_policy, reopen_window_days = excluded.reopen_window_days,
        keep_owner_on_reopen = excluded.keep_owner_on_reopen`,
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
