import { IsOptional } from 'class-validator';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** Settings of a telephone system that speaks Zammad's generic CTI, which signs nothing. */
export class ZammadSettings {
  /** The last segment of the address. */
  @IsSecret()
  readonly secret!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;
}
