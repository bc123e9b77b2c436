/** How far a folder was read. UIDs mean nothing without the UIDVALIDITY that they were given under (RFC 3501 §2.3.1.1). */
export interface ImapCursor {
  /** A number of 32 bits, kept as text. */
  readonly uidValidity: string;
  /** Highest UID whose mail, and every mail below it, is durable. */
  readonly lastUid: number;
}

/** Name of the folder's checkpoint. */
export function checkpointSource(mailbox: string, folder: string): string {
  return `imap:${mailbox}:${folder}`;
}

/**
 * Where to go on. A folder with another UIDVALIDITY is read from its first mail: a new mail may have a lower UID than
 * the old cursor, and what is already here is recognised by its id.
 */
export function cursorFor(stored: unknown, uidValidity: string): ImapCursor {
  const known = stored as Partial<ImapCursor> | null;
  const valid = known?.uidValidity === uidValidity && Number.isSafeInteger(known.lastUid);
  return { uidValidity, lastUid: valid ? (known.lastUid as number) : 0 };
}
