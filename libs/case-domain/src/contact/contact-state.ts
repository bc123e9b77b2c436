/** A contact as decisions see it. Instants are ISO 8601, UTC, milliseconds. */

export type ContactKind = 'person' | 'shared_line' | 'anonymous';

/** Fields that directories and people tell; each knows by whom it was told last, and when. */
export const CONTACT_FIELDS = ['name', 'company', 'locale', 'timeZone', 'url'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** What is told of a contact; HubSpot tells the parts of a name one by one. */
export const TOLD_FIELDS = [...CONTACT_FIELDS, 'givenName', 'familyName'] as const;
export type ToldField = (typeof TOLD_FIELDS)[number];

/** A value of a custom field: what an account has defined no fields for is kept as it is. */
export type ContactValue = string | number | boolean | null;

/** The last word about something. Of two words of one instant that with the greater `by` counts, so no order decides. */
export interface Told<Value> {
  readonly value: Value;
  /** ISO instant; empty: it was only heard, and everything that is told counts more. */
  readonly at: string;
  /** Fact id, or id of who said so by hand. */
  readonly by: string;
}

/** What was told of a contact itself, before any other contact is looked at. */
export interface ToldOfContact {
  readonly fields: Readonly<Partial<Record<ToldField, Told<string | null>>>>;
  readonly custom: Readonly<Record<string, Told<ContactValue>>>;
  /** By `source kind`: all that the source told of that kind before this instant is former. */
  readonly cleared: Readonly<Record<string, string>>;
}

export const NOTHING_TOLD: ToldOfContact = { fields: {}, custom: {}, cleared: {} };

/** An identity as one source told it; the source is an integration, or `BY_PEOPLE`. */
export interface ToldOfIdentity {
  /** Instants at which it was told first and last. */
  readonly first: string;
  readonly last: string;
  readonly label: string | null;
  readonly primary: boolean;
  /** When it was first told to be proven; null: never. */
  readonly verifiedAt: string | null;
  /** Instant at which it was taken back; null: never. */
  readonly goneAt: string | null;
}

/** What people tell through the API or a call bar, and what an interaction was heard from. */
export const BY_PEOPLE = '';

export interface ContactIdentity {
  /** The contact of which it was told. Merges leave it: who was merged is reached through `mergedInto`. */
  readonly contactId: string;
  readonly kind: 'email' | 'phone' | 'external';
  /** Normalised; an external one is `integration:externalId`. */
  readonly value: string;
  readonly raw: string;
  readonly label: string | null;
  readonly primary: boolean;
  readonly verifiedAt: string | null;
  /** Somebody said that several people use it: it identifies nobody alone. */
  readonly shared: boolean;
  /** It was the contact's: it still matches what is old, unless somebody else has it now. */
  readonly former: boolean;
  /** False: another contact has this address, and nobody is found by it here. */
  readonly held: boolean;
  readonly firstSeen: string;
  /** By source; empty: it was only heard. */
  readonly told: Readonly<Record<string, ToldOfIdentity>>;
}

export interface ContactState {
  readonly id: string;
  readonly kind: ContactKind;
  /** What is shown: its own, else that of a contact which was merged into it. */
  readonly name: string | null;
  readonly company: string | null;
  /** BCP 47. */
  readonly locale: string | null;
  /** IANA name. */
  readonly timeZone: string | null;
  readonly url: string | null;
  readonly customFields: Readonly<Record<string, ContactValue>>;
  /** What it writes opens no case. */
  readonly blocked: boolean;
  /** It came from an interaction alone, and nobody has said anything of it. */
  readonly heard: boolean;
  /** The contact that it lives on in. Always one that is merged into none. */
  readonly mergedInto: string | null;
  readonly told: ToldOfContact;
  /** +1 per change that was committed. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}

/** How an identity is named among those of all contacts. */
export function identityNameOf({ kind, value }: Pick<ContactIdentity, 'kind' | 'value'>): string {
  return `${kind}:${value}`;
}

/** How an identity of one contact is named among those of all. */
export function identityKeyOf({
  contactId,
  kind,
  value,
}: Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>): string {
  return `${contactId} ${kind}:${value}`;
}

/** An identity of which nothing was told. */
export const BLANK_IDENTITY: Omit<ContactIdentity, 'contactId' | 'kind' | 'value' | 'raw' | 'firstSeen'> = {
  label: null,
  primary: false,
  verifiedAt: null,
  shared: false,
  former: false,
  held: true,
  told: {},
};
