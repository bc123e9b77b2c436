import { IsString, Length, Matches } from 'class-validator';
import { IsSecret } from './secret-decorators.js';

/** `basic:`, user and password of a sender that signs nothing. */
export class BasicSettings {
  /** A colon would end it (RFC 7617 §2). */
  @IsString()
  @Length(1, 200)
  @Matches(/^[^:\p{Cc}]+$/u)
  readonly user!: string;

  @IsSecret()
  readonly password!: string;
}
