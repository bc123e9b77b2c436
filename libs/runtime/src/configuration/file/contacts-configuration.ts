import {
  ArrayMaxSize,
  ArrayMinSize,
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
} from 'class-validator';
import { occasions } from './account-configuration.js';
import { IsNetwork, IsPublicUrl } from './network-decorators.js';

const KEY = /^[a-z0-9-]{1,40}$/;
const KEY_MESSAGE = '$property may have 1 to 40 small letters, digits and dashes';

/** One of `contacts:` as far as every directory's is the same; whoever knows the directory checks the rest. */
export class ContactsConfiguration {
  @IsString()
  readonly provider!: string;

  /** Names the entry in the webhook's path, `/webhooks/contacts/KEY`. */
  @Matches(KEY, { message: KEY_MESSAGE })
  readonly key!: string;

  /** Whose keys of contacts it tells; the directory's name unless told. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
    message: '$property may have 1 to 100 letters, digits, dots, dashes and underscores',
  })
  readonly integration: string | null = null;

  /** As the directory calls it, up to `/webhooks`. */
  @IsOptional()
  @IsPublicUrl()
  readonly publicUrl: string | null = null;

  /** ISO 3166-1 alpha-2: how numbers without a country are read; the account's unless told. */
  @IsOptional()
  @IsISO31661Alpha2()
  readonly country: string | null = null;

  /** Of cases that requests open; the account's unless told. */
  @IsOptional()
  @IsString()
  readonly group: string | null = null;

  /** Overrides the account's. */
  @IsOptional()
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] | null = null;

  /** Whether it is believed that an address was verified. */
  @IsBoolean()
  readonly trustsVerified: boolean = false;

  /** Whether it may have a person erased; else that waits for an operator. */
  @IsBoolean()
  readonly mayErase: boolean = false;

  /** Where senders may be; everywhere unless told. */
  @IsArray()
  @ArrayMaxSize(500)
  @IsNetwork({ each: true })
  readonly allowedNetworks: string[] = [];

  /** Settings that belong to the directory. */
  readonly [setting: string]: unknown;
}

/** One of `forms:`, a form on somebody's web site. */
export class FormConfiguration {
  /** Names the form in its address, `/forms/KEY`. */
  @Matches(KEY, { message: KEY_MESSAGE })
  readonly key!: string;

  /** Of the cases that it opens; the account's unless told. */
  @IsOptional()
  @IsString()
  readonly group: string | null = null;

  /** Origins of the pages that it stands on, such as `https://www.acme.example`. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(/^https?:\/\/[^/?#\s*@]+$/, {
    each: true,
    message: '$property must hold origins, such as https://www.acme.example, without a path',
  })
  readonly allowedOrigins!: string[];

  /** As pages reach it, up to `/forms`; for the HTML that `casewright form-snippet` prints. */
  @IsOptional()
  @IsPublicUrl()
  readonly publicUrl: string | null = null;

  /** Signs the tokens of the form; one that comes of `caseTokens.secret` unless told. */
  @IsOptional()
  @IsString()
  @Length(16, 512)
  readonly secret: string | null = null;

  /** Nobody fills in a form faster. */
  @IsInt()
  @Min(0)
  @Max(600)
  readonly minSeconds: number = 3;

  /** Overrides the account's. */
  @IsOptional()
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] | null = null;

  /** ISO 3166-1 alpha-2: how numbers without a country are read; the account's unless told. */
  @IsOptional()
  @IsISO31661Alpha2()
  readonly country: string | null = null;
}
