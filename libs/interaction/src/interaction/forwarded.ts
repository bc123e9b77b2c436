import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { Party } from './parties.js';

/** The author whom a forwarding sender wrote on behalf of. */
export class Forwarded {
  @IsObject()
  @ValidateNested()
  @Type(() => Party)
  author!: Party;

  @IsIn(['attached_message', 'inline_block', 'list_rewrite', 'reply_to'])
  method!: 'attached_message' | 'inline_block' | 'list_rewrite' | 'reply_to';

  @IsIn(['exact', 'weak'])
  confidence!: 'exact' | 'weak';

  /** Message-ID of what was forwarded, without angle brackets, when it is known. */
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  messageId?: string | null;

  /** Subject of what was forwarded. */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  subject?: string | null;

  /** When it was sent, in the words of the forward; formats differ by client and language. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  sentAt?: string | null;

  /** What the forwarding sender wrote above it, or its beginning: a note for colleagues, not for the author. */
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  note?: string | null;

  /** What was forwarded, or its beginning, without the note and the block that announces it. */
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  text?: string | null;
}
