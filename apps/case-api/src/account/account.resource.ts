import type { AccountSettings, AccountView } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { Instant, Integer, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
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
