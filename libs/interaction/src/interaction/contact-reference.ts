import { IsString, Length } from 'class-validator';

/** A contact by its key in somebody else's system. */
export class ContactReference {
  @IsString()
  @Length(1, 100)
  integration!: string;

  @IsString()
  @Length(1, 500)
  externalId!: string;
}
