import type { AccountSettings, AccountView } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { Anything, Instant, Integer, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { REOPEN_POLICIES, UNVERIFIED_POLICIES } from './account-body.js';

export class AccountResource implements AccountSettings {
  @Uuid() id!: string;
  @Text({ example: 'Acme' }) name!: string;
  @Text({ description: 'IANA name: tasks are due at noon there.', example: 'Europe/Lisbon' }) time_zone!: string;
  @Text({ nullable: true, description: 'How national telephone numbers are read.', example: 'PT' })
  default_country!: string | null;
  @Uuid({ description: 'Where a case goes when nothing says otherwise.' }) default_group_id!: string;
  @Integer({ nullable: true, description: 'Days after the last resolve; null never closes.', example: 5 })
  resolved_auto_close_days!: number | null;
  @OneOf(REOPEN_POLICIES) reopen_policy!: AccountSettings['reopen_policy'];
  @Integer({ nullable: true, example: 14 }) reopen_window_days!: number | null;
  @Uuid({ nullable: true, description: 'What closed cases are given.' }) closed_status_id!: string | null;
  @Truth() on_hold_enabled!: boolean;
  @Truth() incident_requires_problem!: boolean;
  @Truth() require_resolution!: boolean;
  @Truth({ description: 'Follow-ups go to whoever had the case.' }) followup_inherit_assignee!: boolean;
  @Integer({ description: 'Days that a requester stays with the last agent; 0 is off.', example: 7 })
  sticky_days!: number;
  @Texts({ description: `What opens a case by itself; any of ${OCCASIONS.join(', ')}.` })
  auto_create!: readonly string[];
  @OneOf(UNVERIFIED_POLICIES, { description: 'What becomes of mail whose sender failed its proof.' })
  unverified!: AccountSettings['unverified'];
  @Integer({ example: 100 }) new_cases_per_hour!: number;
  @Integer({ example: 60 }) messages_per_case_and_hour!: number;
  @Integer({ example: 40 }) automatic_per_day!: number;
  @Integer({ description: 'A call joins a live case whose last interaction is so near.', example: 240 })
  call_attach_window_minutes!: number;
  @Integer({ description: 'Missed calls of one number on one line within it are one case.', example: 15 })
  missed_call_coalesce_minutes!: number;
  @Integer({ description: 'After its last fact a call without an end has ended.', example: 4 })
  call_max_duration_hours!: number;
  @Integer({ description: 'From the end of a missed call to its case.', example: 3 }) call_settle_seconds!: number;
  @Integer({ description: 'A caller who gave up sooner is recorded only; 0 is off.', example: 0 })
  short_call_seconds!: number;
  @Integer({ description: 'Of callers on one line who hide their number; 0 is off.', example: 20 })
  withheld_cases_per_hour!: number;
  @Anything({
    description:
      'Subjects of calls and voicemails in your own words: answered, missed, abandoned, voicemail, outbound; withheld is a hidden number.',
  })
  call_texts!: AccountSettings['call_texts'];
  @Truth() require_if_match!: boolean;
  @Truth() require_idempotency_key!: boolean;
  @Texts({ description: 'Fields that the configuration file declares: they are changed there.' })
  managed_by_file!: readonly string[];
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export function accountResourceOf({ declared, changed_in: _, ...account }: AccountView): AccountResource {
  return {
    ...account,
    managed_by_file: declared,
    created_at: account.created_at.toISOString(),
    updated_at: account.updated_at.toISOString(),
  };
}
