import { IsOptional } from 'class-validator';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** Settings of a Talkdesk account, whose triggers sign nothing. */
export class TalkdeskContactSettings {
  /** The last segment of the address. */
  @IsSecret()
  readonly secret!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** A second secret, which our template of a trigger's body holds as a constant. */
  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly bodySecret: string | null = null;
}
