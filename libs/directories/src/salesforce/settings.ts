import { IsOptional, Matches } from 'class-validator';
import { DiffersFrom, IsSecret } from '#libs/webhook';

/** Settings of a Salesforce organisation, whose outbound messages sign nothing. */
export class SalesforceSettings {
  /** The last segment of the address. */
  @IsSecret()
  readonly secret!: string;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** Of 15 or 18 characters, as in Company Information. */
  @Matches(/^00D[A-Za-z0-9]{12}([A-Z0-5]{3})?$/, {
    message: '$property must be the id of an organisation: 00D and 12 or 15 characters',
  })
  readonly organizationId!: string;
}
