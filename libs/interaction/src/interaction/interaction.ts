import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Automatic } from './automatic.js';
import { ContactReference } from './contact-reference.js';
import { Content } from './content.js';
import { Forwarded } from './forwarded.js';
import { Trust } from './trust.js';
import { IsInOrNull, IsInstant } from './decorators.js';
import { EndpointReference, Party, Recipient } from './parties.js';
import { Reference, ThreadKey } from './references.js';
import { CALL_OUTCOMES, ProviderTime, Talker, type CallOutcome } from './talk.js';

export const CHANNELS = ['email', 'call', 'voicemail', 'callbar', 'contact'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `internal`: between two of ours. */
export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
export const CASE_SOURCES = [
  'email',
  'call_inbound',
  'call_outbound',
  'voicemail',
  'callbar',
  'contact',
  'api',
  'agent',
  'follow_up_internal',
] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** What an account may open cases from by itself (domain.md §2, Account.auto_create). */
export const OCCASIONS = [
  'email',
  'call_inbound_answered',
  'call_missed',
  'call_abandoned',
  'call_outbound_answered',
  'voicemail',
  'callbar_request',
  'contact_request',
] as const;
export type Occasion = (typeof OCCASIONS)[number];

/**
 * `ordinary`: may open, reopen and follow up. `attach_only`: joins a live case and changes nothing, or is recorded.
 * `record_only`: is kept, and never touches a case.
 */
export const HANDLINGS = ['ordinary', 'attach_only', 'record_only'] as const;
export type Handling = (typeof HANDLINGS)[number];

/**
 * One mail, call, voicemail, call-bar session or contact fact, in the one form that every channel is normalised to.
 * Rules read what it can do (who, references, direction, times, handling), never the name of its channel.
 */
export class Interaction {
  @Equals(1)
  schema!: 1;

  /** UUIDv5 of (account, channel, external id): the same input always has the same id. */
  @IsUUID()
  id!: string;

  @IsUUID()
  accountId!: string;

  @IsIn(CHANNELS)
  channel!: Channel;

  /** Who handed it over: `smtp`, `imap`, `twilio` … */
  @Matches(/^[a-z0-9][a-z0-9_-]{0,39}$/)
  provider!: string;

  @IsString()
  @Length(1, 500)
  externalId!: string;

  /** Key of the record: makes contention rare, decides nothing. */
  @IsString()
  @Length(1, 1100)
  conversationKey!: string;

  @IsIn(DIRECTIONS)
  direction!: (typeof DIRECTIONS)[number];

  /** What a case that this opens says about where it came from. */
  @IsIn(CASE_SOURCES)
  source!: CaseSource;

  /** Null opens no case, whatever the account says; a case that it names or belongs to is joined all the same. */
  @IsInOrNull(OCCASIONS)
  occasion!: Occasion | null;

  @IsIn(HANDLINGS)
  handling!: Handling;

  /** When it happened, by the most trustworthy clock known. UTC, milliseconds. */
  @IsInstant()
  occurredAt!: string;

  /** When we took it in. UTC, milliseconds. */
  @IsInstant()
  receivedAt!: string;

  /** When its mailbox or provider got it, by their clock, where that was before `receivedAt`. UTC, milliseconds. */
  @IsOptional()
  @IsInstant()
  arrivedAt?: string | null;

  /** Of a call and its voicemail, as far as it is known. */
  @IsOptional()
  @IsIn(CALL_OUTCOMES)
  outcome?: CallOutcome | null;

  /** Agents who talked with the customer, in order: the last one's case it becomes. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Talker)
  talkers?: Talker[] | null;

  /** The latest that its provider told of it; absent where it was told at once. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ProviderTime)
  told?: ProviderTime | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => EndpointReference)
  endpoint?: EndpointReference | null;

  @IsObject()
  @ValidateNested()
  @Type(() => Party)
  sender!: Party;

  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Recipient)
  recipients!: Recipient[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Forwarded)
  forwarded?: Forwarded | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Automatic)
  automatic?: Automatic | null;

  /** The customer as somebody else's system knows them, where whoever handed it over says so. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactReference)
  contact?: ContactReference | null;

  @IsObject()
  @ValidateNested()
  @Type(() => Trust)
  trust!: Trust;

  /** Where it says that it belongs, strongest first (domain.md §10). */
  @IsArray()
  @ArrayMaxSize(120)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Reference)
  references!: Reference[];

  /** Names under which others may refer to it. */
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ThreadKey)
  threadKeys!: ThreadKey[];

  @IsObject()
  @ValidateNested()
  @Type(() => Content)
  content!: Content;

  /** The group that it is for, by its name, where whoever handed it over says so: what it opens goes there. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  group?: string | null;

  /** Of the case that it belongs to, as whoever handed it over has named them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[] | null;

  /** Notes for people: `charset_guessed`, `forged_token`, `several_from` … */
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(/^[a-z][a-z0-9_]{0,59}$/, { each: true })
  flags!: string[];

  /** Facts of the channel that rules do not read and people may want. */
  @IsObject()
  details!: Record<string, unknown>;
}
