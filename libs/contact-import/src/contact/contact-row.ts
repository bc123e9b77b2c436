/** What a row says of a contact, as texts. An absent member leaves what is there, null clears it. */
export interface ContactTexts {
  readonly externalId?: string | null;
  readonly name?: string | null;
  readonly company?: string | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
  readonly url?: string | null;
  readonly emails?: readonly AddressText[] | null;
  readonly phones?: readonly AddressText[] | null;
  readonly complete?: boolean | null;
  /** When it was so, where the row tells; an instant of ISO 8601. */
  readonly occurredAt?: string | null;
}

export interface AddressText {
  readonly value: string;
  readonly label?: string | null;
  readonly primary?: boolean | null;
}

/** Why a row is not taken. */
export interface RowRefusal {
  /** The field at fault; null where it is the row. */
  readonly field: string | null;
  readonly reason: string;
}

/** One row of a file. */
export interface ContactRow {
  /** From 1, rows alone counted. */
  readonly row: number;
  /** Line of the file in which it begins, from 1. */
  readonly line: number;
  readonly read: { readonly ok: true; readonly texts: ContactTexts } | ({ readonly ok: false } & RowRefusal);
}

export function refused(field: string | null, reason: string): { readonly ok: false } & RowRefusal {
  return { ok: false, field, reason };
}

export const TOO_LONG_ROW = 'is longer than 64 KiB';
