import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** Account of an installation that names no id: one account is what most have. */
export const defaultAccountId = '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10';

/** What opens a case by itself. */
export const occasions = [
  'email',
  'call_inbound_answered',
  'call_missed',
  'call_abandoned',
  'call_outbound_answered',
  'voicemail',
  'callbar_request',
];

export const reopenPolicies = ['until_closed', 'window', 'never'] as const;
export type ReopenPolicyName = (typeof reopenPolicies)[number];

/** `account.backStops:` how much of one sender is let through by itself; the surplus waits in quarantine. 0 is off. */
export class BackStopConfiguration {
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly newCasesPerHour: number = 100;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly messagesPerCaseAndHour: number = 60;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly automaticPerDay: number = 40;
}

/** What becomes of mail whose sender failed its proof. */
export const unverifiedPolicies = ['accept', 'quarantine'] as const;

/** `account:` */
export class AccountConfiguration {
  /** Goes into every id, so it must never change once there is data. */
  @IsUUID()
  readonly id: string = defaultAccountId;

  @IsString()
  @Length(1, 200)
  readonly name: string = 'Casewright';

  /** IANA name. */
  @IsTimeZone()
  readonly timeZone: string = 'UTC';

  /** ISO 3166-1 alpha-2; how national phone numbers are read. */
  @IsOptional()
  @IsISO31661Alpha2()
  readonly defaultCountry: string | null = null;

  /** Where a case goes when nothing says otherwise. The first group unless named. */
  @IsOptional()
  @IsString()
  readonly defaultGroup?: string;

  /** Days after the last resolve; null never closes. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  readonly resolvedAutoCloseDays: number | null = 5;

  @IsIn(reopenPolicies)
  readonly reopenPolicy: ReopenPolicyName = 'until_closed';

  /** Days after the resolve; needed by the policy `window`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  readonly reopenWindowDays: number | null = null;

  /** Days that a requester stays with the last agent; 0 switches it off. */
  @IsInt()
  @Min(0)
  @Max(365)
  readonly stickyDays: number = 7;

  @IsBoolean()
  readonly followUpInheritAssignee: boolean = false;

  /** `quarantine` has mail that failed its proof looked at first; mail that claims to be of us always is. */
  @IsIn(unverifiedPolicies)
  readonly unverified: (typeof unverifiedPolicies)[number] = 'accept';

  @IsObject()
  @ValidateNested()
  @Type(() => BackStopConfiguration)
  readonly backStops: BackStopConfiguration = new BackStopConfiguration();

  /** Whoever changes something through the API names the version that may be changed. */
  @IsBoolean()
  readonly requireIfMatch: boolean = false;

  /** Whoever changes something through the API sends a key that makes repetitions harmless. */
  @IsBoolean()
  readonly requireIdempotencyKey: boolean = false;

  /** What opens a case by itself; anything else is only recorded. */
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] = [...occasions];
}
