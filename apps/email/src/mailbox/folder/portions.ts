/** What the server says of a mail before we fetch it. */
export interface ListedMail {
  readonly uid: number;
  /** Bytes; 0 when the server does not say. */
  readonly size: number;
  /** INTERNALDATE; null when the server does not say. */
  readonly arrivedAt: Date | null;
  /** X-GM-THRID or OBJECTID; null without. */
  readonly threadId: string | null;
}

/** Mails that are fetched by one command and made durable together, or one large mail by itself. */
export interface Portion {
  readonly mails: readonly ListedMail[];
  readonly isLarge: boolean;
}

/** Larger mails, and those of unknown size, are streamed into the blob store and never held in memory. */
export const LARGE_MAIL_BYTES = 4 * 1024 * 1024;
export const PORTION_MAILS = 200;
/** Three portions are in work at once: one is fetched, one parsed, one published. */
export const PORTION_BYTES = 8 * 1024 * 1024;

/** Splits a list into portions, in its order. */
export function portionsOf(mails: readonly ListedMail[]): Portion[] {
  const portions: Portion[] = [];
  let current: ListedMail[] = [];
  let bytes = 0;
  const end = () => {
    if (current.length > 0) {
      portions.push({ mails: current, isLarge: false });
    }
    current = [];
    bytes = 0;
  };
  for (const mail of mails) {
    const isLarge = mail.size > LARGE_MAIL_BYTES || mail.size <= 0;
    if (isLarge || current.length >= PORTION_MAILS || bytes + mail.size > PORTION_BYTES) {
      end();
    }
    if (isLarge) {
      portions.push({ mails: [mail], isLarge });
    } else {
      current.push(mail);
      bytes += mail.size;
    }
  }
  end();
  return portions;
}

/** A UID set (RFC 3501 §9, sequence-set) of ascending UIDs, ranges written short. */
export function uidSet(uids: readonly number[]): string {
  const ranges: string[] = [];
  let first = 0;
  uids.forEach((uid, index) => {
    if (index === 0 || uid !== (uids[index - 1] ?? 0) + 1) {
      first = uid;
    }
    if (uids[index + 1] !== uid + 1) {
      ranges.push(first === uid ? String(uid) : `${first}:${uid}`);
    }
  });
  return ranges.join(',');
}
