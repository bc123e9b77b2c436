import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export const PRESENTATIONS = ['allowed', 'withheld', 'unavailable', 'unknown'] as const;
export type Presentation = (typeof PRESENTATIONS)[number];

/** STIR/SHAKEN: how far the carrier vouches for the number (RFC 8588). Shown to people, trusted by no rule. */
export const ATTESTATIONS = ['A', 'B', 'C'] as const;

/** Who calls or is called, as the telephone system tells it. */
export class CallParty {
  /** As it was received. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  raw?: string | null;

  /** As `normalisePhoneNumber` writes it, read with the format of the connection and the country of the line. */
  @IsOptional()
  @Matches(/^(\+[1-9]\d{5,14}|\d{2,20})$/)
  number?: string | null;

  /** Never read as a number of the world. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  extension?: string | null;

  /** Name as it was claimed; never trusted. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string | null;

  /** Whoever is not `allowed` has no number here. */
  @IsIn(PRESENTATIONS)
  presentation!: Presentation;

  @IsOptional()
  @IsIn(ATTESTATIONS)
  attestation?: (typeof ATTESTATIONS)[number] | null;
}
