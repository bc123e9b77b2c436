import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** Bodies up to this many bytes of UTF-8 travel in the record; larger ones by reference. */
export const INLINE_BODY_BYTES = 64 * 1024;

/** A claim check: content that was stored, durably, before the record that names it was published. */
export class BlobReference {
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  /** Bytes. */
  @IsInt()
  @Min(0)
  size!: number;

  @IsString()
  @Length(1, 255)
  mediaType!: string;
}

/** A part of the interaction that a person would save as a file. */
export class Attachment extends BlobReference {
  @IsString()
  @MaxLength(1000)
  name!: string;

  /** Content-ID without angle brackets when the part is shown inside the HTML. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  contentId?: string | null;

  @IsBoolean()
  inline!: boolean;
}

/** What was said. */
export class Content {
  /** Whole subject, one line, without NUL; a case shows its first 150 characters. */
  @IsString()
  @MaxLength(20_000)
  subject!: string;

  /** Plain text, or its beginning when `textReference` holds the whole. */
  @IsString()
  @MaxLength(INLINE_BODY_BYTES)
  text!: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BlobReference)
  textReference?: BlobReference | null;

  /** Where in `text` the quoted history begins, in UTF-16 units; for display only, nothing is ever cut. */
  @IsOptional()
  @IsInt()
  @Min(0)
  quoteStart?: number | null;

  /** Original HTML as it came, when it is small; it is sanitised where it is shown. */
  @IsOptional()
  @IsString()
  @MaxLength(INLINE_BODY_BYTES)
  html?: string | null;

  /** Original HTML as it came, when it is larger. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BlobReference)
  htmlReference?: BlobReference | null;

  @IsArray()
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Attachment)
  attachments!: Attachment[];

  /** The untouched original. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BlobReference)
  raw?: BlobReference | null;
}
