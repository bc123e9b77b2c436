import { IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** What recordings are fetched with (docs.talkdesk.com, client credentials). */
export class TalkdeskApiSettings {
  @IsString()
  @Length(1, 200)
  readonly clientId!: string;

  @IsSecret()
  readonly clientSecret!: string;

  /** The first part of the account's own host. */
  @Matches(/^[a-z0-9-]{1,63}$/)
  readonly account!: string;

  @Matches(/^[a-z]{2,5}$/)
  readonly region: string = 'us';
}

/** Settings of a Talkdesk account, whose triggers sign nothing (field.md §3.1). */
export class TalkdeskSettings {
  /** The last segment of the address. */
  @IsSecret()
  readonly secret!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** A second secret, which our template of a trigger's body holds as a constant. */
  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly bodySecret: string | null = null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TalkdeskApiSettings)
  readonly api: TalkdeskApiSettings | null = null;
}
