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
  Matches,
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
  'contact_request',
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

  /** New cases of callers on one line who hide their number. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly withheldCasesPerHour: number = 20;
}

/** `{who}` and `{time}` are all that a text can name. */
const TEMPLATE = /^(?:[^{}\p{Cc}]|\{who\}|\{time\})*$/u;
const subject = (): PropertyDecorator => (target, property) => {
  IsOptional()(target, property);
  Matches(TEMPLATE, { message: '$property may name {who} and {time} and nothing else in braces' })(target, property);
  Length(1, 150)(target, property);
};

/** `account.texts:` subjects of calls and voicemails in the account's own words. */
export class CallTextConfiguration {
  @subject()
  readonly answered?: string;

  @subject()
  readonly missed?: string;

  @subject()
  readonly abandoned?: string;

  @subject()
  readonly voicemail?: string;

  @subject()
  readonly outbound?: string;

  /** What `{who}` is for a caller who hides the number. */
  @IsOptional()
  @Matches(/^[^{}\p{Cc}]*$/u)
  @Length(1, 60)
  readonly withheld?: string;
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

  /** A call joins the one live case of its requester whose last interaction is so near to its start. */
  @IsInt()
  @Min(0)
  @Max(43_200)
  readonly callAttachWindowMinutes: number = 240;

  /** Missed calls and voicemails of one number on one line within it are one case. */
  @IsInt()
  @Min(0)
  @Max(1440)
  readonly missedCallCoalesceMinutes: number = 15;

  /** So long after its last fact a call without an end has ended. */
  @IsInt()
  @Min(1)
  @Max(48)
  readonly callMaxDurationHours: number = 4;

  /** What nobody answered opens a case so long after its end is known. */
  @IsInt()
  @Min(0)
  @Max(60)
  readonly callSettleSeconds: number = 3;

  /** A caller who gave up sooner is recorded only; 0 is off. */
  @IsInt()
  @Min(0)
  @Max(60)
  readonly shortCallSeconds: number = 0;

  @IsObject()
  @ValidateNested()
  @Type(() => CallTextConfiguration)
  readonly texts: CallTextConfiguration = new CallTextConfiguration();

  /** When the account works: Monday to Friday from nine to six unless told. */
  @IsOptional()
  @IsObject()
  readonly businessHours: object | null = null;

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
