import { Type } from 'class-transformer';
import {
  Equals,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { CallParty } from './call-parties.js';
import { FactContext } from './fact-context.js';
import { FactOrigin } from './fact-origin.js';
import { Recording, Transcript } from './recording.js';

/** `left`: a message was left, or with an absent recording none. `described` is what came to be known of it otherwise. */
export const VOICEMAIL_FACT_KINDS = ['left', 'recording', 'transcript', 'described'] as const;
export type VoicemailFactKind = (typeof VOICEMAIL_FACT_KINDS)[number];

/** The box that a message was left in. */
export class VoicemailBox {
  @IsString()
  @Length(1, 200)
  id!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  label?: string | null;
}

/** One fact about a voicemail, in the one form that every provider's events are turned into. */
export class VoicemailFact {
  @Equals(1)
  schema!: 1;

  @Equals('voicemail')
  channel!: 'voicemail';

  /** `factId` of account, channel and origin. */
  @IsUUID()
  id!: string;

  @IsUUID()
  accountId!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => FactOrigin)
  origin!: FactOrigin;

  @IsIn(VOICEMAIL_FACT_KINDS)
  kind!: VoicemailFactKind;

  /** The provider's id of the message; else of its recording, its leg or its call, always the same of these. */
  @IsString()
  @Length(1, 200)
  voicemailId!: string;

  /** The call of the same connection that it was left in. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  callId?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  legId?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  from?: CallParty | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  to?: CallParty | null;

  /** Our number or extension, as the configuration's endpoint is written; without it `to`. */
  @IsOptional()
  @IsString()
  @Length(1, 320)
  line?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => VoicemailBox)
  mailbox?: VoicemailBox | null;

  /** Milliseconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  durationMs?: number | null;

  /** Where the caller wants to be called back; may be another number than the caller's. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  callback?: CallParty | null;

  @IsOptional()
  @IsBoolean()
  urgent?: boolean | null;

  /** Needed for `recording`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Recording)
  recording?: Recording | null;

  /** Needed for `transcript`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Transcript)
  transcript?: Transcript | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FactContext)
  context?: FactContext | null;
}
