import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';

import { occasions, unverifiedPolicies } from './account-configuration.js';
import { ImapConfiguration } from './imap-configuration.js';

const authenticationStyles = ['above_received', 'below_received', 'microsoft365'] as const;
const agentTrusts = ['verified', 'always'] as const;

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

  /** Addresses, or `@domain`s, of telephone systems: a mail of theirs with one sound in it is a voicemail. */
  @IsArray()
  @Matches(/^[^\s@]*@[^\s@]+$/, { each: true, message: '$property must hold addresses or @domains' })
  readonly voicemailSenders: string[] = [];

  /** Senders whom nobody can answer, such as contact forms: their Reply-To is the author. Addresses, or `@domain`s. */
  @IsArray()
  @Matches(/^[^\s@]*@[^\s@]+$/, { each: true, message: '$property must hold addresses or @domains' })
  readonly replyToSenders: string[] = [];

  /** The header in which the mailbox's own server writes whom a mail was for, such as `X-Original-To`. */
  @IsOptional()
  @Matches(/^(x-original-to|envelope-to|x-envelope-to|x-rcpt-to|x-forwarded-to|delivered-to|x-gm-original-to)$/i)
  readonly recipientHeader: string | null = null;

  /**
   * How that host writes them: above the Received header that it adds itself, or below it; as it is known to do unless
   * told. `microsoft365` names no host at all.
   */
  @IsOptional()
  @IsIn(authenticationStyles)
  readonly authentication: (typeof authenticationStyles)[number] | null = null;

  /** Checks DKIM, SPF and DMARC of each mail over DNS; `smtp.verifySenders` unless told. */
  @IsOptional()
  @IsBoolean()
  readonly verifySenders: boolean | null = null;

  /** Overrides the account's. */
  @IsOptional()
  @IsIn(unverifiedPolicies)
  readonly unverified: (typeof unverifiedPolicies)[number] | null = null;

  /** `always` where only our own servers can reach the mailbox: agents then act as such without a proof. */
  @IsIn(agentTrusts)
  readonly trustAgents: (typeof agentTrusts)[number] = 'verified';

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
