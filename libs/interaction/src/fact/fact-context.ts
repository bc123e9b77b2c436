import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ContactReference } from '../interaction/contact-reference.js';

/** What a fact says about the customer and the case rather than about the telephone. */
export class FactContext {
  /** The caller, or whom we called, as a CRM knows them. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactReference)
  contact?: ContactReference | null;

  /** The caller proved who it is, such as by a PIN. */
  @IsOptional()
  @IsBoolean()
  verified?: boolean | null;

  /** Public number of the case that it was dialled from: 12 of `CASE-12`. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/)
  caseNumber?: string | null;

  /** Added to the case. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[] | null;

  /** Kept and shown, read by no rule. At most 8 KiB of JSON. */
  @IsOptional()
  @IsObject()
  data?: Record<string, unknown> | null;

  /** Sent to try the connection: it opens nothing. */
  @IsOptional()
  @IsBoolean()
  test?: boolean | null;
}
