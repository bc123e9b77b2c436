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
  ValidateNested,
} from 'class-validator';
import { DIRECTIONS } from '../interaction/interaction.js';
import { AgentReference } from '../interaction/parties.js';
import { CallEnd, CallTimes, Transfer } from './call-moments.js';
import { CallParty } from './call-parties.js';
import { FactContext } from './fact-context.js';
import { FactOrigin } from './fact-origin.js';
import { Recording, Transcript } from './recording.js';

/**
 * `answered` says by whom: a machine that answers has not connected anybody. `leg_ended` never ends the call.
 * `described` is no moment of the call: tags, a contact, a choice in a menu.
 */
export const CALL_FACT_KINDS = [
  'started',
  'queued',
  'ringing',
  'answered',
  'held',
  'resumed',
  'transferred',
  'leg_ended',
  'ended',
  'recording',
  'transcript',
  'described',
] as const;
export type CallFactKind = (typeof CALL_FACT_KINDS)[number];

/**
 * One fact about a call, in the one form that every provider's events are turned into. Any may be the first, the last,
 * the only or a repeated one; what is not told is absent, and the call is what all of them say together.
 */
export class CallFact {
  @Equals(1)
  schema!: 1;

  @Equals('call')
  channel!: 'call';

  /** `factId` of account, channel and origin. */
  @IsUUID()
  id!: string;

  @IsUUID()
  accountId!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => FactOrigin)
  origin!: FactOrigin;

  @IsIn(CALL_FACT_KINDS)
  kind!: CallFactKind;

  /** The provider's name of the whole call: the same on all its legs. */
  @IsString()
  @Length(1, 200)
  callId!: string;

  /** The call of the same connection that this one continues. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  parentCallId?: string | null;

  /** The leg that it is about; without it the main leg. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  legId?: string | null;

  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: (typeof DIRECTIONS)[number] | null;

  /** Caller and called of the call; on a fact with `legId` those of the leg. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  from?: CallParty | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  to?: CallParty | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  divertedFrom?: CallParty | null;

  /** Our number or extension, as the configuration's endpoint is written; without it `to` of an inbound, `from` of an outbound call. */
  @IsOptional()
  @IsString()
  @Length(1, 320)
  line?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  queue?: string | null;

  /** A choice that the caller made in a menu. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  menuChoice?: string | null;

  /** Who rings, talks, holds, transfers. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AgentReference)
  agent?: AgentReference | null;

  /** A ring group. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AgentReference)
  agents?: AgentReference[] | null;

  /** Needed where it says when the call was answered. */
  @IsOptional()
  @IsIn(['agent', 'system'])
  answeredBy?: 'agent' | 'system' | null;

  /** Needed for `transferred`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Transfer)
  transfer?: Transfer | null;

  /** How the call, or of `leg_ended` its leg, came to its end. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallEnd)
  end?: CallEnd | null;

  /** Earlier moments, from systems that report once. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallTimes)
  times?: CallTimes | null;

  /** Needed for `recording`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Recording)
  recording?: Recording | null;

  /** Needed for `transcript`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Transcript)
  transcript?: Transcript | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FactContext)
  context?: FactContext | null;
}
