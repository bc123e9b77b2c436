import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, ValidateNested } from 'class-validator';

import { AccountConfiguration } from './account-configuration.js';
import { CallBarConfiguration } from './call-bar-configuration.js';
import { MailboxConfiguration } from './channel-configuration.js';
import { ContactsConfiguration, FormConfiguration } from './contacts-configuration.js';
import {
  AgentConfiguration,
  ApiKeyConfiguration,
  AssignmentRuleConfiguration,
  GroupConfiguration,
} from './people-configuration.js';
import {
  CaseTokenConfiguration,
  KafkaConfiguration,
  RateLimitConfiguration,
  SmtpConfiguration,
  TranscriptionConfiguration,
} from './service-configuration.js';
import { IsNetwork } from './network-decorators.js';
import { TelephonyConfiguration } from './telephony-configuration.js';

/** The YAML file, with its defaults. */
export class FileConfiguration {
  @IsObject()
  @ValidateNested()
  @Type(() => AccountConfiguration)
  readonly account: AccountConfiguration = new AccountConfiguration();

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ApiKeyConfiguration)
  readonly apiKeys: ApiKeyConfiguration[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MailboxConfiguration)
  readonly mailboxes: MailboxConfiguration[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TelephonyConfiguration)
  readonly telephony: TelephonyConfiguration[] = [];

  @IsObject()
  @ValidateNested()
  @Type(() => CallBarConfiguration)
  readonly callbar: CallBarConfiguration = new CallBarConfiguration();

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContactsConfiguration)
  readonly contacts: ContactsConfiguration[] = [];

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => FormConfiguration)
  readonly forms: FormConfiguration[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AgentConfiguration)
  readonly agents: AgentConfiguration[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GroupConfiguration)
  readonly groups: GroupConfiguration[] = [];

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AssignmentRuleConfiguration)
  readonly assignmentRules: AssignmentRuleConfiguration[] = [];

  @IsObject()
  @ValidateNested()
  @Type(() => SmtpConfiguration)
  readonly smtp: SmtpConfiguration = new SmtpConfiguration();

  @IsObject()
  @ValidateNested()
  @Type(() => KafkaConfiguration)
  readonly kafka: KafkaConfiguration = new KafkaConfiguration();

  @IsObject()
  @ValidateNested()
  @Type(() => CaseTokenConfiguration)
  readonly caseTokens: CaseTokenConfiguration = new CaseTokenConfiguration();

  @IsObject()
  @ValidateNested()
  @Type(() => RateLimitConfiguration)
  readonly rateLimit: RateLimitConfiguration = new RateLimitConfiguration();

  /** Proxies in front of us: what they say in X-Forwarded-For of who asks is believed. Addresses or networks. */
  @IsArray()
  @IsNetwork({ each: true })
  readonly trustedProxies: string[] = [];

  /** Without it no sound is sent anywhere to be written down. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TranscriptionConfiguration)
  readonly transcription: TranscriptionConfiguration | null = null;
}
