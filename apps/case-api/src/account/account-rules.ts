import type { GroupCalled, StatusCalled } from '#libs/case-domain';
import type { AccountField, AccountSettings, AccountView, StatusView } from '#libs/case-store';
import type { Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import type { ProblemDraft } from '../http/problem.js';
import type { ACCOUNT_PATCH } from './account-body.js';

type AccountPatch = Values<typeof ACCOUNT_PATCH>;

/** What an account names. */
export interface Named {
  readonly groups: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  readonly statuses: readonly StatusView[];
}

/** The account after a patch, and what is wrong with it beyond single values. */
export function patched(
  before: AccountView,
  { default_group_id: group, closed_status_id: status, ...plain }: AccountPatch,
  named: Named,
): { readonly after: AccountView; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const chosen: { -readonly [Field in AccountField]?: AccountSettings[Field] } = {};
  if (group !== undefined) {
    chosen.default_group_id = groupOf(group, named, faults) ?? before.default_group_id;
  }
  if (status !== undefined) {
    chosen.closed_status_id = status === null ? null : (statusOf(status, named, faults) ?? before.closed_status_id);
  }
  const after: AccountView = { ...before, ...plain, ...chosen };
  if (after.reopen_policy === 'window' && after.reopen_window_days === null) {
    const detail = 'The policy window needs the days within which a case is reopened.';
    faults.push({ pointer: '/reopen_window_days', code: 'field-required', detail });
  }
  return { after, faults };
}

function groupOf({ by, value }: GroupCalled, { groups }: Named, faults: Fault[]): string | undefined {
  const found = groups.find((one) => one.active && value === (by === 'id' ? one.id : one.name));
  if (found === undefined) {
    const detail = 'The account has no such active group.';
    faults.push({ pointer: '/default_group_id', code: 'unknown-group', detail });
  }
  return found?.id;
}

function statusOf({ by, value }: StatusCalled, { statuses }: Named, faults: Fault[]): string | undefined {
  const found = statuses.find((one) => value === (by === 'id' ? one.id : one.key));
  if (found?.active !== true || found.category !== 'resolved') {
    const detail = 'Must be an active status of the category resolved.';
    faults.push({ pointer: '/closed_status_id', code: 'status-not-available', detail });
  }
  return found?.id;
}

/** Where the configuration file states a field. */
const PLACES: { readonly [Field in AccountField]?: string } = {
  name: 'name',
  time_zone: 'timeZone',
  default_country: 'defaultCountry',
  default_group_id: 'defaultGroup',
  resolved_auto_close_days: 'resolvedAutoCloseDays',
  reopen_policy: 'reopenPolicy',
  reopen_window_days: 'reopenWindowDays',
  followup_inherit_assignee: 'followUpInheritAssignee',
  sticky_days: 'stickyDays',
  auto_create: 'autoCreate',
  unverified: 'unverified',
  new_cases_per_hour: 'backStops.newCasesPerHour',
  messages_per_case_and_hour: 'backStops.messagesPerCaseAndHour',
  automatic_per_day: 'backStops.automaticPerDay',
  call_attach_window_minutes: 'callAttachWindowMinutes',
  missed_call_coalesce_minutes: 'missedCallCoalesceMinutes',
  call_max_duration_hours: 'callMaxDurationHours',
  call_settle_seconds: 'callSettleSeconds',
  short_call_seconds: 'shortCallSeconds',
  withheld_cases_per_hour: 'backStops.withheldCasesPerHour',
  call_texts: 'texts',
  require_if_match: 'requireIfMatch',
  require_idempotency_key: 'requireIdempotencyKey',
};

/** Why fields cannot be changed here, when the configuration file states them. */
export function conflictOf({ declared }: AccountView, changed: readonly AccountField[]): ProblemDraft | null {
  const errors = changed
    .filter((field) => declared.includes(field))
    .map((field) => {
      const detail = `It is declared at account.${PLACES[field] ?? field} of the configuration: change it there and start again.`;
      return { pointer: `/${field}`, code: 'managed-by-configuration', detail };
    });
  const [first] = errors;
  return first === undefined
    ? null
    : { code: 'managed-by-configuration', detail: `${first.pointer}: ${first.detail}`, errors };
}
