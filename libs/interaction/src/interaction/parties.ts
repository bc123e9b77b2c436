import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';

export const PARTY_KINDS = ['email', 'phone', 'external', 'anonymous'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** Somebody who took part in an interaction, by the identity that the channel knows. */
export class Party {
  @IsIn(PARTY_KINDS)
  kind!: PartyKind;

  /** Normalised identity: lower-case address, E.164 number, `integration:external-id`; for anonymous the interaction id. */
  @IsString()
  @Length(1, 1000)
  value!: string;

  /** Name as it was claimed; never trusted. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  name?: string | null;

  /** As it was received, where it was spelled in another way. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  raw?: string | null;
}

export const RECIPIENT_ROLES = ['to', 'cc'] as const;

/** A party that the interaction was addressed to. */
export class Recipient extends Party {
  @IsIn(RECIPIENT_ROLES)
  role!: (typeof RECIPIENT_ROLES)[number];
}

export const ENDPOINT_KINDS = ['mailbox', 'phone_number', 'callbar', 'api'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** The address of ours that was reached. */
export class EndpointReference {
  @IsIn(ENDPOINT_KINDS)
  kind!: EndpointKind;

  @IsString()
  @Length(1, 320)
  address!: string;

  /** `provider/key` of the connection that a line came in by: what holds for its lines that are not listed. */
  @IsOptional()
  @IsString()
  @Length(3, 81)
  connection?: string | null;
}

/** One of our agents as the telephone system knows them: by one of email, extension and id at least. */
export class AgentReference {
  /** Lower case. */
  @IsOptional()
  @IsString()
  @Length(3, 320)
  email?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  extension?: string | null;

  /** The provider's id of the agent or the device, such as `client:ana`. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string | null;
}
