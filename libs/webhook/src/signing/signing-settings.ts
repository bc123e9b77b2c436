import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { DiffersFrom } from '../settings/secret-decorators.js';
import { HmacSettings, IsSecretOfItsScheme } from './hmac-settings.js';

/** Settings of a connection that speaks one of our own webhooks (channels.md B, D). */
export class SigningSettings {
  @IsSecretOfItsScheme()
  readonly secret!: string;

  @IsOptional()
  @IsSecretOfItsScheme()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** Instead of Standard Webhooks 1.0. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HmacSettings)
  readonly hmac: HmacSettings | null = null;
}
