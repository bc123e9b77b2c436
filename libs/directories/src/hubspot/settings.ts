import { ArrayMaxSize, IsArray, IsOptional, IsString, Length } from 'class-validator';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** Settings of a HubSpot app. */
export class HubSpotSettings {
  /** The app's client secret. */
  @IsSecret()
  readonly secret!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** `sourceId`s of what we write to HubSpot ourselves, such as the id of the app that does it: it is no news. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  readonly ownSourceIds: string[] = [];
}
