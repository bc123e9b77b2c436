import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { IsInstant } from '../interaction/decorators.js';
import { AgentReference } from '../interaction/parties.js';
import { CallParty } from './call-parties.js';

export const TRANSFER_KINDS = ['blind', 'attended', 'external'] as const;

/** The call is handed on: to an agent, or to somebody outside. */
export class Transfer {
  @IsIn(TRANSFER_KINDS)
  kind!: (typeof TRANSFER_KINDS)[number];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AgentReference)
  agent?: AgentReference | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CallParty)
  to?: CallParty | null;

  /** The call of the same connection that goes on with it. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  newCallId?: string | null;
}

export const ENDED_BY = ['caller', 'callee', 'agent', 'system', 'unknown'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** `blocked`: refused by a block list. `answered_elsewhere` and `transferred` are ends of legs. */
export const END_REASONS = [
  'completed',
  'no_answer',
  'busy',
  'rejected',
  'cancelled',
  'failed',
  'voicemail',
  'blocked',
  'answered_elsewhere',
  'transferred',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** How a call or a leg came to its end, as far as it was told. */
export class CallEnd {
  /** Of an inbound call the caller is the customer, of an outbound one the callee. */
  @IsOptional()
  @IsIn(ENDED_BY)
  by?: EndedBy | null;

  @IsOptional()
  @IsIn(END_REASONS)
  reason?: EndReason | null;

  /** The provider's own word. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  providerCode?: string | null;

  /** Cause of ITU-T Q.850. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(127)
  q850?: number | null;

  /** Status code of RFC 3261. */
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(699)
  sip?: number | null;
}

/** Moments before the one that a fact is about. UTC, milliseconds, by the provider's clock. */
export class CallTimes {
  @IsOptional()
  @IsInstant()
  startedAt?: string | null;

  @IsOptional()
  @IsInstant()
  queuedAt?: string | null;

  @IsOptional()
  @IsInstant()
  ringingAt?: string | null;

  @IsOptional()
  @IsInstant()
  answeredAt?: string | null;
}
