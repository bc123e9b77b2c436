import type { AccountRules, Category } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { AccountSettings } from './account-row.js';

interface AccountRow extends AccountSettings {
  readonly default_status: Record<Category, string>;
}

/** The account's rules; null when no such account was declared. */
export async function loadAccountRules(client: Queryable, accountId: string): Promise<AccountRules | null> {
  const [row] = await rowsOf<AccountRow>(client, {
    name: 'load_account_rules',
    text: `
      select a.*, (
        select jsonb_object_agg(s.category, s.id) from case_status s where s.account_id = a.id and s.is_default
      ) as default_status
      from account a
      where a.id = $1`,
    values: [accountId],
  });
  if (row === undefined) {
    return null;
  }
  return {
    id: accountId,
    timeZone: row.time_zone,
    defaultGroupId: row.default_group_id,
    resolvedAutoCloseDays: row.resolved_auto_close_days,
    reopenPolicy: row.reopen_policy,
    reopenWindowDays: row.reopen_window_days,
    stickyDays: row.sticky_days,
    followUpInheritAssignee: row.followup_inherit_assignee,
    autoCreate: new Set(row.auto_create),
    unverified: row.unverified,
    backStops: {
      newCasesPerHour: row.new_cases_per_hour,
      messagesPerCaseAndHour: row.messages_per_case_and_hour,
      automaticPerDay: row.automatic_per_day,
    },
    calls: {
      attachWindowMinutes: row.call_attach_window_minutes,
      missedCoalesceMinutes: row.missed_call_coalesce_minutes,
      maxDurationHours: row.call_max_duration_hours,
      settleSeconds: row.call_settle_seconds,
      shortCallSeconds: row.short_call_seconds,
      withheldCasesPerHour: row.withheld_cases_per_hour,
      texts: row.call_texts,
    },
    defaultStatus: row.default_status,
    closedStatusId: row.closed_status_id,
    requireIfMatch: row.require_if_match,
    requireIdempotencyKey: row.require_idempotency_key,
    onHoldEnabled: row.on_hold_enabled,
    requireResolution: row.require_resolution,
    incidentRequiresProblem: row.incident_requires_problem,
  };
}
