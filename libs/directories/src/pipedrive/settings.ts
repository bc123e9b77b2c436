import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { BasicSettings } from '#libs/webhook';

/** Settings of a Pipedrive company, whose webhooks sign nothing. */
export class PipedriveSettings {
  /** As entered where the webhook is made. */
  @IsObject()
  @ValidateNested()
  @Type(() => BasicSettings)
  readonly basic!: BasicSettings;

  /** While it is changed. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BasicSettings)
  readonly previousBasic: BasicSettings | null = null;

  /** Ids of users in whose name we write to Pipedrive ourselves: what they do is no news. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true, message: '$property must hold texts: write ids in quotes' })
  @Length(1, 200, { each: true })
  readonly ownSourceIds: string[] = [];
}
