import type { BackStops, CallTexts, ReopenPolicy, UnverifiedPolicy } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';
import { type AccountField, type AccountSettings, type AccountView, differingFields } from './account-row.js';
import { insertAccount } from './insert-account.js';
import { lockAccount } from './lock-account.js';
import { updateAccount } from './update-account.js';

export interface DeclaredAccount extends DeclaredCallRules {
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
  readonly backStops: DeclaredBackStops;
  /** What a writer through the API must send. */
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
  /** Settings that the file names; what it does not name is as people have made it by the API. All unless told. */
  readonly stated?: readonly string[];
}

export interface DeclaredBackStops extends BackStops {
  /** On one line. */
  readonly withheldCasesPerHour: number;
}

/** What the file says about calls and voicemails (channels.md E). */
export interface DeclaredCallRules {
  readonly callAttachWindowMinutes: number;
  readonly missedCallCoalesceMinutes: number;
  readonly callMaxDurationHours: number;
  readonly callSettleSeconds: number;
  /** 0 is off. */
  readonly shortCallSeconds: number;
  readonly texts: CallTexts;
}

/** What the file cannot say. */
type ApiOnly = 'closed_status_id' | 'on_hold_enabled' | 'incident_requires_problem' | 'require_resolution';

/** What a setting of the file is stored as. */
const FIELDS_OF_SETTING: Readonly<Record<string, readonly AccountField[]>> = {
  name: ['name'],
  timeZone: ['time_zone'],
  defaultCountry: ['default_country'],
  defaultGroup: ['default_group_id'],
  resolvedAutoCloseDays: ['resolved_auto_close_days'],
  reopenPolicy: ['reopen_policy'],
  reopenWindowDays: ['reopen_window_days'],
  stickyDays: ['sticky_days'],
  followUpInheritAssignee: ['followup_inherit_assignee'],
  autoCreate: ['auto_create'],
  unverified: ['unverified'],
  backStops: ['new_cases_per_hour', 'messages_per_case_and_hour', 'automatic_per_day', 'withheld_cases_per_hour'],
  callAttachWindowMinutes: ['call_attach_window_minutes'],
  missedCallCoalesceMinutes: ['missed_call_coalesce_minutes'],
  callMaxDurationHours: ['call_max_duration_hours'],
  callSettleSeconds: ['call_settle_seconds'],
  shortCallSeconds: ['short_call_seconds'],
  texts: ['call_texts'],
  requireIfMatch: ['require_if_match'],
  requireIdempotencyKey: ['require_idempotency_key'],
};

/**
 * Stores the account as the file states it, beside what people have made of the rest. Its default group comes into being
 * a moment later, in the same transaction.
 */
export async function declareAccount(client: Queryable, account: DeclaredAccount): Promise<void> {
  const settings = settingsOf(account);
  const stated = account.stated ?? Object.keys(FIELDS_OF_SETTING);
  const declared = stated.flatMap((setting) => FIELDS_OF_SETTING[setting] ?? []).sort();
  await insertAccount(client, account.id, settings);
  const before = await lockAccount(client, account.id);
  if (before === null) {
    throw new Error('the account was not stored');
  }
  const after: AccountView = { ...before, ...picked(settings, declared), declared };
  const changed: string[] = differingFields(before, after);
  const moved =
    JSON.stringify(before.declared) === JSON.stringify(declared) ? changed : [...changed, 'managed_by_file'];
  if (moved.length > 0) {
    await updateAccount(client, after, moved);
  }
}

function settingsOf(account: DeclaredAccount): Omit<AccountSettings, ApiOnly> {
  return {
    name: account.name,
    time_zone: account.timeZone,
    default_country: account.defaultCountry,
    default_group_id: declaredId(account.id, 'group', account.defaultGroup),
    resolved_auto_close_days: account.resolvedAutoCloseDays,
    reopen_policy: account.reopenPolicy,
    reopen_window_days: account.reopenWindowDays,
    sticky_days: account.stickyDays,
    followup_inherit_assignee: account.followUpInheritAssignee,
    auto_create: account.autoCreate,
    unverified: account.unverified,
    new_cases_per_hour: account.backStops.newCasesPerHour,
    messages_per_case_and_hour: account.backStops.messagesPerCaseAndHour,
    automatic_per_day: account.backStops.automaticPerDay,
    call_attach_window_minutes: account.callAttachWindowMinutes,
    missed_call_coalesce_minutes: account.missedCallCoalesceMinutes,
    call_max_duration_hours: account.callMaxDurationHours,
    call_settle_seconds: account.callSettleSeconds,
    short_call_seconds: account.shortCallSeconds,
    withheld_cases_per_hour: account.backStops.withheldCasesPerHour,
    call_texts: inStoredOrder(account.texts),
    require_if_match: account.requireIfMatch,
    require_idempotency_key: account.requireIdempotencyKey,
  };
}

/** PostgreSQL keeps the members of an object by length, then by name: what is the same has to look the same. */
function inStoredOrder(texts: CallTexts): CallTexts {
  const known = Object.entries(texts).filter(([, text]) => text !== undefined && text !== null);
  const sorted = known.sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1));
  return Object.fromEntries(sorted);
}

function picked(settings: Partial<AccountSettings>, fields: readonly AccountField[]): Partial<AccountSettings> {
  return Object.fromEntries(fields.map((field) => [field, settings[field]]));
}
