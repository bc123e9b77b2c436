import type { CallTexts, ReopenPolicy, UnverifiedPolicy } from '#libs/case-domain';

/** Everything of an account that people decide, by its columns, which are its public names too. */
export interface AccountSettings {
  readonly name: string;
  /** IANA name. */
  readonly time_zone: string;
  readonly default_country: string | null;
  readonly default_group_id: string;
  /** N x 24 h after the last resolve; null never closes. */
  readonly resolved_auto_close_days: number | null;
  readonly reopen_policy: ReopenPolicy;
  readonly reopen_window_days: number | null;
  readonly closed_status_id: string | null;
  readonly on_hold_enabled: boolean;
  readonly incident_requires_problem: boolean;
  readonly require_resolution: boolean;
  readonly followup_inherit_assignee: boolean;
  readonly sticky_days: number;
  readonly auto_create: readonly string[];
  readonly unverified: UnverifiedPolicy;
  /** Per sender; 0 is off. */
  readonly new_cases_per_hour: number;
  readonly messages_per_case_and_hour: number;
  readonly automatic_per_day: number;
  /** Calls and voicemails (channels.md E). */
  readonly call_attach_window_minutes: number;
  readonly missed_call_coalesce_minutes: number;
  readonly call_max_duration_hours: number;
  readonly call_settle_seconds: number;
  /** 0 is off. */
  readonly short_call_seconds: number;
  /** On one line; 0 is off. */
  readonly withheld_cases_per_hour: number;
  readonly call_texts: CallTexts;
  readonly require_if_match: boolean;
  readonly require_idempotency_key: boolean;
}

export type AccountField = keyof AccountSettings;

/** One that is missing here does not compile. */
const TYPES: Readonly<Record<AccountField, string>> = {
  name: 'text',
  time_zone: 'text',
  default_country: 'text',
  default_group_id: 'uuid',
  resolved_auto_close_days: 'int',
  reopen_policy: 'text',
  reopen_window_days: 'int',
  closed_status_id: 'uuid',
  on_hold_enabled: 'boolean',
  incident_requires_problem: 'boolean',
  require_resolution: 'boolean',
  followup_inherit_assignee: 'boolean',
  sticky_days: 'int',
  auto_create: 'text[]',
  unverified: 'text',
  new_cases_per_hour: 'int',
  messages_per_case_and_hour: 'int',
  automatic_per_day: 'int',
  call_attach_window_minutes: 'int',
  missed_call_coalesce_minutes: 'int',
  call_max_duration_hours: 'int',
  call_settle_seconds: 'int',
  short_call_seconds: 'int',
  withheld_cases_per_hour: 'int',
  call_texts: 'jsonb',
  require_if_match: 'boolean',
  require_idempotency_key: 'boolean',
};
export const ACCOUNT_FIELDS = Object.keys(TYPES) as readonly AccountField[];

/** An account as it is stored. */
export interface AccountView extends AccountSettings {
  readonly id: string;
  /** Fields that the configuration file states. */
  readonly declared: readonly string[];
  readonly version: number;
  /** The version in which each field changed last; a field that never did is not there. */
  readonly changed_in: Readonly<Record<string, number>>;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const ACCOUNT_COLUMNS = [
  'id',
  ...ACCOUNT_FIELDS,
  'declared',
  'version',
  'changed_in',
  'created_at',
  'updated_at',
].join(', ');

/** `$4::text`, …: a parameter for each field, from the given one on. */
export function parametersOf(fields: readonly AccountField[], first: number): string[] {
  return fields.map((field, index) => `$${first + index}::${TYPES[field]}`);
}

/** Fields in which two accounts differ. */
export function differingFields(some: AccountSettings, others: AccountSettings): AccountField[] {
  return ACCOUNT_FIELDS.filter((field) => JSON.stringify(some[field]) !== JSON.stringify(others[field]));
}
