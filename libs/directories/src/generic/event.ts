/** Types of events about a contact. */
export const CONTACT_TYPES = [
  'contact.upserted',
  'contact.deleted',
  'contact.merged',
  'contact.erased',
  'contact.request',
] as const;
export type ContactType = (typeof CONTACT_TYPES)[number];

export type GenericAddress =
  string | { readonly value: string; readonly label?: string; readonly primary?: boolean; readonly verified?: boolean };

/** One event of our own webhook, as its schema lets it through. */
export interface GenericContactEvent {
  readonly id: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly external_id?: string;
  readonly name?: string | null;
  readonly company?: string | null;
  readonly locale?: string | null;
  readonly time_zone?: string | null;
  readonly url?: string | null;
  readonly emails?: readonly GenericAddress[] | null;
  readonly phones?: readonly GenericAddress[] | null;
  readonly complete?: boolean;
  readonly merged_external_ids?: readonly string[];
  readonly email?: string;
  readonly phone?: string;
  readonly request_id?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly group?: string;
  readonly case?: string;
  readonly test?: boolean;
}
