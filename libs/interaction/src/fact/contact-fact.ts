import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { FactOrigin } from './fact-origin.js';

/** `erased` asks that nothing of the person stays; `deleted` takes away only what a system calls them. */
export const CONTACT_FACT_KINDS = ['upserted', 'deleted', 'merged', 'erased'] as const;
export type ContactFactKind = (typeof CONTACT_FACT_KINDS)[number];

/** An address or a number that a contact is known by. */
export class ContactAddress {
  /** Normalised: as `ownAddress` writes an address, as `normalisePhoneNumber` writes a number. */
  @IsString()
  @Length(1, 320)
  value!: string;

  /** As it was received. */
  @IsOptional()
  @IsString()
  @MaxLength(320)
  raw?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 60)
  label?: string | null;

  @IsOptional()
  @IsBoolean()
  primary?: boolean | null;

  /** Said and believed: of a connection that is not trusted with it, it is never told. */
  @IsOptional()
  @IsBoolean()
  verified?: boolean | null;
}

/** What a system calls a contact, and others whom it had taken for somebody else. */
export class ContactKey {
  /** The connection's `integration`. */
  @IsString()
  @Length(1, 100)
  integration!: string;

  @IsString()
  @Length(1, 500)
  externalId!: string;
}

/**
 * One fact about a contact, in the one form that every directory's events, imports and mappings are turned into. Field by
 * field the newest `origin.at` wins, whatever the order of arrival. An absent field leaves what is there, null clears it.
 */
export class ContactFact {
  @Equals(1)
  schema!: 1;

  @Equals('contact')
  channel!: 'contact';

  /** `factId` of account, channel and origin. */
  @IsUUID()
  id!: string;

  @IsUUID()
  accountId!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => FactOrigin)
  origin!: FactOrigin;

  @IsIn(CONTACT_FACT_KINDS)
  kind!: ContactFactKind;

  /** Only an `upserted` row of an import may lack it, and is found again by its first email, else its first phone. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactKey)
  contact?: ContactKey | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  name?: string | null;

  /** Of a directory that tells the parts of a name one by one. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  givenName?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  familyName?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  company?: string | null;

  /** BCP 47, such as `pt-PT`. */
  @IsOptional()
  @IsString()
  @Length(1, 35)
  locale?: string | null;

  /** Of the IANA database. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  timeZone?: string | null;

  /** Where the system shows the contact. */
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  url?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContactAddress)
  emails?: ContactAddress[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContactAddress)
  phones?: ContactAddress[] | null;

  /** What this integration gave before and does not list here is the contact's no more. */
  @IsOptional()
  @IsBoolean()
  complete?: boolean | null;

  /** Needed for `merged`: keys of the same integration that go; `contact` stays. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 500, { each: true })
  mergedExternalIds?: string[] | null;

  /** Of `erased`: whether the connection may erase by itself; without it the request waits for an operator. */
  @IsOptional()
  @IsBoolean()
  mayErase?: boolean | null;
}
