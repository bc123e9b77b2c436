import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

import { occasions } from './account-configuration.js';

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

/** `imap:` of a mailbox that we fetch from. */
export class ImapConfiguration {
  @IsString()
  readonly host!: string;

  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly port: number = 993;

  /** TLS from the first byte; otherwise STARTTLS when it is offered. */
  @IsBoolean()
  readonly secure: boolean = true;

  @IsString()
  readonly user!: string;

  @IsString()
  readonly password!: string;

  @IsString()
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

/** One of `mailboxes:` */
export class MailboxConfiguration {
  @IsEmail({ require_tld: false })
  readonly address!: string;

  @IsString()
  readonly group!: string;

  /** The host whose Authentication-Results headers count (RFC 8601, authserv-id). */
  @IsOptional()
  @IsString()
  readonly trustedAuthservId: string | null = null;

  /** Without it the mailbox is reached by forwarding to our SMTP listener. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ImapConfiguration)
  readonly imap: ImapConfiguration | null = null;

  /** Overrides the account's. */
  @IsOptional()
  @IsArray()
  @IsIn(occasions, { each: true })
  readonly autoCreate: string[] | null = null;
}

/** One of `telephony:`. The provider's own settings are checked by its adapter. */
export class TelephonyConfiguration {
  @IsString()
  readonly provider!: string;

  /** Names the connection in the webhook's path. */
  @IsString()
  readonly key!: string;

  /** Settings that belong to the provider. */
  readonly [setting: string]: unknown;
}

/** `callbar:` and `contacts:`, whose senders prove themselves with a shared secret. */
export class SharedSecretConfiguration {
  @IsOptional()
  @IsString()
  @MinLength(16)
  readonly secret: string | null = null;
}
