import { IsInt, IsOptional, Length, Matches, Min } from 'class-validator';
import { IsInstant } from '../interaction/decorators.js';

/** As a configuration names it. */
const CONNECTION = /^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9-]{1,40}$/;

/** Where a fact comes from, and when. What names it is here: connection, event, part and content. */
export class FactOrigin {
  /** `provider/key` of the connection that it came in by. */
  @Matches(CONNECTION)
  connection!: string;

  /** The provider's id of the event; else session, leg, event and provider's time. */
  @Length(1, 500)
  @Matches(/^\P{Cc}*$/u)
  eventId!: string;

  /** Which of the facts that the event amounts to, from 0. */
  @IsInt()
  @Min(0)
  part!: number;

  /** SHA-256 of the redacted body, in hex: one id with two contents is two facts. */
  @Matches(/^[0-9a-f]{64}$/)
  contentSha256!: string;

  /** When it happened, by the provider's clock, however implausible. UTC, milliseconds. */
  @IsInstant()
  at!: string;

  /** The provider's own order within the call, where it tells one. */
  @IsOptional()
  @IsInt()
  @Min(0)
  sequence?: number | null;

  /** When we took it in. UTC, milliseconds. */
  @IsInstant()
  receivedAt!: string;
}

/** The name of the provider in that of a connection. */
export function providerOf(connection: string): string {
  return connection.slice(0, connection.indexOf('/'));
}
