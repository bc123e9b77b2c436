import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Min, ValidateNested } from 'class-validator';
import { IsInstant } from './decorators.js';
import { AgentReference } from './parties.js';

/** What became of a call and the message left in it (channels.md F). */
export const CALL_OUTCOMES = [
  'internal',
  'answered',
  'blocked',
  'voicemail_left',
  'abandoned',
  'missed',
  'unknown',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** An agent of ours who talked with the customer. Who was only asked for advice has not. */
export class Talker {
  @IsObject()
  @ValidateNested()
  @Type(() => AgentReference)
  agent!: AgentReference;

  /** UTC, milliseconds. */
  @IsInstant()
  from!: string;

  /** UTC, milliseconds; null while they talk, or where nobody told. */
  @IsOptional()
  @IsInstant()
  until?: string | null;
}

/** A moment by a provider's clock, and its place in the provider's own order. */
export class ProviderTime {
  /** UTC, milliseconds. */
  @IsInstant()
  at!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  sequence?: number | null;
}
