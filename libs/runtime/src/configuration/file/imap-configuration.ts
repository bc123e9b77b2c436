import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** `afterImport:` what happens to a mail in the mailbox once it is durable here. */
export class AfterImportConfiguration {
  /** Folder to move it to. */
  @IsOptional()
  @IsString()
  readonly moveTo?: string;

  /** Mark it as read. */
  @IsOptional()
  @IsBoolean()
  readonly seen?: boolean;

  /** Set this keyword on it. */
  @IsOptional()
  @IsString()
  readonly keyword?: string;
}

const signsAsClient = ({ provider, serviceAccountFile }: OAuth2Configuration) =>
  provider !== 'google' || serviceAccountFile === undefined;

/**
 * `oauth2:` who gives us the access tokens of a mailbox. Three ways: an application of a Microsoft 365 tenant (client
 * credentials), a Google service account that acts for the mailbox (domain-wide delegation), or the refresh token of
 * one Google user.
 */
export class OAuth2Configuration {
  @IsIn(['microsoft365', 'google'])
  readonly provider!: 'microsoft365' | 'google';

  /** Microsoft 365: the directory's id or one of its domains. */
  @ValidateIf(({ provider }: OAuth2Configuration) => provider === 'microsoft365')
  @IsString()
  @MinLength(1)
  readonly tenant?: string;

  @ValidateIf(signsAsClient)
  @IsString()
  @MinLength(1)
  readonly clientId?: string;

  @ValidateIf(signsAsClient)
  @IsString()
  @MinLength(1)
  readonly clientSecret?: string;

  /** Google: of the user whose mailbox it is. */
  @ValidateIf((one: OAuth2Configuration) => one.provider === 'google' && signsAsClient(one))
  @IsString()
  @MinLength(1)
  readonly refreshToken?: string;

  /** Google: the key file of the service account, JSON as it was downloaded. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  readonly serviceAccountFile?: string;

  /** Instead of the provider's own, as sovereign clouds need it. */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['https', 'http'], require_protocol: true })
  readonly tokenUrl?: string;

  /** When the client secret ends. No token says it, so only who writes it here is warned before. */
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly clientSecretExpiresAt?: string;
}

export const imapTlsModes = ['implicit', 'starttls', 'none'] as const;
/** TLS from the first byte, STARTTLS before anything else is said, or no protection at all. */
export type ImapTls = (typeof imapTlsModes)[number];

/** `imap:` of a mailbox that we fetch from. Holds `password` or `oauth2`, never both. */
export class ImapConfiguration {
  @IsString()
  @MinLength(1)
  readonly host!: string;

  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly port: number = 993;

  /** `implicit` for port 993 and `starttls` for any other, unless written out. */
  @IsIn(imapTlsModes)
  readonly tls!: ImapTls;

  /** PEM file of the authorities to trust instead of those that Node.js knows. */
  @IsOptional()
  @IsString()
  readonly caFile: string | null = null;

  @IsString()
  @MinLength(1)
  readonly user!: string;

  @ValidateIf(({ oauth2, password }: ImapConfiguration) => !oauth2 || typeof (password ?? '') !== 'string')
  @IsString()
  readonly password?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OAuth2Configuration)
  readonly oauth2: OAuth2Configuration | null = null;

  @IsString()
  @MinLength(1)
  readonly folder: string = 'INBOX';

  @IsObject()
  @ValidateNested()
  @Type(() => AfterImportConfiguration)
  readonly afterImport: AfterImportConfiguration = new AfterImportConfiguration();

  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly pollSeconds: number = 60;
}
