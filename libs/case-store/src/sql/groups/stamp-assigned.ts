import type { Turn } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Moves `last_assigned_at` of the members; the groups are locked by now, and each member is given once. */
export async function stampAssigned(client: Queryable, accountId: string, turns: readonly Turn[]): Promise<void> {
  await client.query({
    name: 'stamp_assigned',
    text: `
      update group_member m
      set last_assigned_at = greatest(m.last_assigned_at, given.at)
      from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as given (group_id, agent_id, at)
      where m.account_id = $1 and m.group_id = given.group_id and m.agent_id = given.agent_id`,
    values: [
      accountId,
      plainArray(turns.map((turn) => turn.groupId)),
      plainArray(turns.map((turn) => turn.agentId)),
      plainArray(turns.map((turn) => turn.at)),
    ],
  });
}
