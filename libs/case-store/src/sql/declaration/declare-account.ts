import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';
import type { DeclaredAccount } from './declaration.js';

/** Upserts the account. Its default group comes into being a moment later, in the same transaction. */
export async function declareAccount(client: Queryable, account: DeclaredAccount): Promise<void> {
  await client.query({
    text: `
      insert into account (
        id, name, time_zone, default_country, default_group_id, resolved_auto_close_days, reopen_policy,
        reopen_window_days, sticky_days, followup_inherit_assignee, auto_create
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (id) do update set
        name = excluded.name, time_zone = excluded.time_zone, default_country = excluded.default_country,
        default_group_id = excluded.default_group_id, resolved_auto_close_days = excluded.resolved_auto_close_days,
        reopen_policy = excluded.reopen_policy, reopen_window_days = excluded.reopen_window_days,
        sticky_days = excluded.sticky_days, followup_inherit_assignee = excluded.followup_inherit_assignee,
        auto_create = excluded.auto_create`,
    values: [
      account.id,
      account.name,
      account.timeZone,
      account.defaultCountry,
      declaredId(account.id, 'group', account.defaultGroup),
      account.resolvedAutoCloseDays,
      account.reopenPolicy,
      account.reopenWindowDays,
      account.stickyDays,
      account.followUpInheritAssignee,
      account.autoCreate,
    ],
  });
}
