import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { BlobReference, INLINE_BODY_BYTES } from '../interaction/content.js';
import { IsInstant } from '../interaction/decorators.js';

/**
 * `announced`: there will be one. `pending`: the provider has it, we have not yet. `available`: we have it, or keep
 * none and the provider has it. `absent`: nothing was said. `expired`: nobody has it any more.
 */
export const RECORDING_STATUSES = ['announced', 'pending', 'absent', 'expired', 'failed', 'available'] as const;
export type RecordingStatus = (typeof RECORDING_STATUSES)[number];

/** A sound. Where it is fetched from is a secret and stands in no record. */
export class Recording {
  @IsString()
  @Length(1, 200)
  id!: string;

  @IsIn(RECORDING_STATUSES)
  status!: RecordingStatus;

  /** Why it failed: `auth`, `not_audio` … */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_-]{0,59}$/)
  failure?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 255)
  mediaType?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  channels?: number | null;

  @IsOptional()
  @IsInstant()
  startedAt?: string | null;

  /** Milliseconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  durationMs?: number | null;

  /** What the caller was asked and said about being recorded, in the provider's words. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  consent?: string | null;

  /** The sound itself, once we have it. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BlobReference)
  content?: BlobReference | null;
}

/** A stretch of a transcript. */
export class TranscriptSegment {
  /** Milliseconds from the beginning of the recording. */
  @IsInt()
  @Min(0)
  startMs!: number;

  @IsInt()
  @Min(0)
  endMs!: number;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  speaker?: string | null;

  @IsString()
  @MaxLength(10_000)
  text!: string;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  confidence?: number | null;
}

export const TRANSCRIPT_STATUSES = ['pending', 'failed', 'completed'] as const;

/** What a machine made of a recording. Untrusted text that no rule reads. */
export class Transcript {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  recordingId?: string | null;

  @IsIn(TRANSCRIPT_STATUSES)
  status!: (typeof TRANSCRIPT_STATUSES)[number];

  /** BCP 47. */
  @IsOptional()
  @Matches(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,5}$/)
  language?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(INLINE_BODY_BYTES)
  text?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TranscriptSegment)
  segments?: TranscriptSegment[] | null;

  /** 0 to 1; absent where it was not told. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  confidence?: number | null;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  engine?: string | null;
}
