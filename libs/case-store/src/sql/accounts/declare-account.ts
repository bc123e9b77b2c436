import type { BackStops, ReopenPolicy, UnverifiedPolicy } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

export interface DeclaredAccount {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly defaultCountry: string | null;
  readonly defaultGroup: string;
  /** N x 24 h after the last resolve; null never closes. */
  readonly resolvedAutoCloseDays: number | null;
  readonly reopenPolicy: ReopenPolicy;
  readonly reopenWindowDays: number | null;
  readonly stickyDays: number;
  readonly followUpInheritAssignee: boolean;
  readonly autoCreate: readonly string[];
  readonly unverified: UnverifiedPolicy;
  /** 0 is off. */
  readonly backStops: BackStops;
  /** What a writer through the API must send. */
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
}

/** Upserts the account. Its default group comes into being a moment later, in the same transaction. */
export async function declareAccount(client: Queryable, account: DeclaredAccount): Promise<void> {
  await client.query({
    text: `
      insert into account (
        id, name, time_zone, default_country, default_group_id, resolved_auto_close_days, reopen_policy,
        reopen_window_days, sticky_days, followup_inherit_assignee, auto_create, unverified,
        new_cases_per_hour, messages_per_case_and_hour, automatic_per_day,
        require_if_match, require_idempotency_key
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      on conflict (id) do update set
        name = excluded.name, time_zone = excluded.time_zone, default_country = excluded.default_country,
        default_group_id = excluded.default_group_id, resolved_auto_close_days = excluded.resolved_auto_close_days,
        reopen_policy = excluded.reopen_policy, reopen_window_days = excluded.reopen_window_days,
        sticky_days = excluded.sticky_days, followup_inherit_assignee = excluded.followup_inherit_assignee,
        auto_create = excluded.auto_create, unverified = excluded.unverified,
        new_cases_per_hour = excluded.new_cases_per_hour,
        messages_per_case_and_hour = excluded.messages_per_case_and_hour,
        automatic_per_day = excluded.automatic_per_day, require_if_match = excluded.require_if_match,
        require_idempotency_key = excluded.require_idempotency_key`,
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
      account.unverified,
      account.backStops.newCasesPerHour,
      account.backStops.messagesPerCaseAndHour,
      account.backStops.automaticPerDay,
      account.requireIfMatch,
      account.requireIdempotencyKey,
    ],
  });
}
