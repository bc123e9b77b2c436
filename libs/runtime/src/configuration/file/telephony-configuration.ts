import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { occasions } from './account-configuration.js';
import { IsHost, IsNetwork, IsPublicUrl } from './network-decorators.js';

const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const caseTypes = ['question', 'incident', 'problem', 'task'] as const;
const numberFormats = ['e164', 'digits', 'national', 'mixed'] as const;

/** One of `telephony[].numbers`: a line of ours. */
export class LineConfiguration {
  /** In any spelling, or an extension. */
  @IsString({ message: '$property must be a text: write it in quotes' })
  @Matches(/^[+0-9A-Za-z*#][0-9A-Za-z ()./*#_-]{0,59}$/, {
    message: '$property must be a telephone number or an extension',
  })
  readonly number!: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  readonly label: string | null = null;

  /** The connection's unless told. */
  @IsOptional()
  @IsString()
  readonly group: string | null = null;

  /** ISO 3166-1 alpha-2; the connection's unless told. */
  @IsOptional()
  @IsISO31661Alpha2()
  readonly country: string | null = null;

  /** The connection's unless told. */
  @IsOptional()
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] | null = null;

  @IsOptional()
  @IsIn(priorities)
  readonly defaultPriority: (typeof priorities)[number] | null = null;

  @IsOptional()
  @IsIn(caseTypes)
  readonly defaultType: (typeof caseTypes)[number] | null = null;

  /** A call goes to the group of whoever answered it. */
  @IsBoolean()
  readonly moveToAgentsGroup: boolean = false;

  /** Ids and addresses of voicemail boxes that belong to the line. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 320, { each: true })
  readonly mailboxes: string[] = [];
}

/** One of `telephony:` as far as every provider's is the same; whoever knows the provider checks the rest. */
export class TelephonyConfiguration {
  @IsString()
  readonly provider!: string;

  /** Names the connection in the webhook's path. */
  @Matches(/^[a-z0-9-]{1,40}$/, { message: '$property may have 1 to 40 small letters, digits and dashes' })
  readonly key!: string;

  /** As the provider calls it, up to `/webhooks`. */
  @IsOptional()
  @IsPublicUrl()
  readonly publicUrl: string | null = null;

  /** Of lines that `numbers` does not list; without it their calls are recorded only. */
  @IsOptional()
  @IsString()
  readonly group: string | null = null;

  /** ISO 3166-1 alpha-2; the account's unless told. */
  @IsOptional()
  @IsISO31661Alpha2()
  readonly country: string | null = null;

  /** Overrides the account's. */
  @IsOptional()
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] | null = null;

  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => LineConfiguration)
  readonly numbers: LineConfiguration[] = [];

  /** As the provider usually writes numbers, unless told. */
  @IsOptional()
  @IsIn(numberFormats)
  readonly numberFormat: (typeof numberFormats)[number] | null = null;

  /** `none`: no sound is ever fetched or kept. */
  @IsIn(['store', 'none'])
  readonly recordings: 'store' | 'none' = 'store';

  /** Hosts of recordings beside the provider's own; only these may be private addresses. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsHost({ each: true })
  readonly recordingHosts: string[] = [];

  @IsInt()
  @Min(1)
  @Max(500)
  readonly maxRecordingMegabytes: number = 50;

  /** `own` sends the sound to `transcription`, `none` drops texts. */
  @IsIn(['provider', 'own', 'none'])
  readonly transcripts: 'provider' | 'own' | 'none' = 'provider';

  /** Where senders may be; everywhere unless told. */
  @IsArray()
  @ArrayMaxSize(500)
  @IsNetwork({ each: true })
  readonly allowedNetworks: string[] = [];

  /** Business hours (Monday to Friday, 9 to 18 in the account's zone) without an event until somebody is told; null: nobody is. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly silentAfterHours: number | null = null;

  /** Settings that belong to the provider. */
  readonly [setting: string]: unknown;
}
