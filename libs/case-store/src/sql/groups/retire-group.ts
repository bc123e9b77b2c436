import type { Queryable } from '../../queryable.js';

/**
 * Addresses that lead to a group lead to the one that takes over, and so does what agents have it as their own, where they
 * are members of that one. Cases are the ledger's.
 */
export async function retireGroup(
  client: Queryable,
  accountId: string,
  { groupId, toGroupId }: { readonly groupId: string; readonly toGroupId: string | null },
): Promise<void> {
  await client.query({
    text: `
      with moved as (
        update channel_endpoint
        set group_id = $3, version = version + 1, updated_at = now(),
          changed_in = changed_in || jsonb_build_object('group_id', version + 1)
        where account_id = $1 and group_id = $2 and $3::uuid is not null
      )
      update agent a
      set version = a.version + 1, updated_at = now(),
        changed_in = a.changed_in || jsonb_build_object('default_group_id', a.version + 1),
        default_group_id = (
          select m.group_id from group_member m
          where m.account_id = a.account_id and m.agent_id = a.id and m.group_id = $3::uuid
        )
      where a.account_id = $1 and a.default_group_id = $2`,
    values: [accountId, groupId, toGroupId],
  });
}
