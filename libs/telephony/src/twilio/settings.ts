import { IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** What recordings are fetched with, where that is not the token (twilio.com/docs/iam/api-keys). */
export class TwilioApiSettings {
  @Matches(/^SK[0-9a-f]{32}$/, { message: '$property must be SK and 32 digits of 0-9a-f' })
  readonly apiKey!: string;

  @IsSecret()
  readonly apiSecret!: string;
}

/** Settings of a Twilio account. */
export class TwilioSettings {
  /** The account's primary token: it alone signs. */
  @IsSecret()
  readonly authToken!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('authToken')
  readonly previousSecret: string | null = null;

  @Matches(/^AC[0-9a-f]{32}$/, { message: '$property must be AC and 32 digits of 0-9a-f' })
  readonly accountSid!: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TwilioApiSettings)
  readonly api: TwilioApiSettings | null = null;
}
