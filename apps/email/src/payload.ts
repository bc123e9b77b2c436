import type { Attachment, BlobReference } from '#libs/interaction';

/** A name and an address as a header claims them; the address is not normalised yet. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What a report about another mail says (RFC 3464 delivery, RFC 8098 disposition, RFC 5965 abuse). */
export interface MailReport {
  readonly kind: 'delivery' | 'disposition' | 'feedback';
  /** Message-IDs of the mail that the report is about, without angle brackets. */
  readonly originalMessageIds: readonly string[];
  readonly failedRecipients: readonly string[];
  /** Enhanced status code of the first recipient (RFC 3463), such as `5.1.1`. */
  readonly status: string | null;
  /** `failed`, `delayed` …, lower case. */
  readonly action: string | null;
}

/** What parsing a mail yields: decoded, bounded in size, and no more trusted than the mail itself. */
export interface EmailPayload {
  /** Hex SHA-256 of the bytes after the header: equal for one mail that took two ways to us. */
  readonly bodySha256: string;
  /** First Message-ID without angle brackets; null when the mail has none. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  /** Oldest first, as the header lists them. */
  readonly references: readonly string[];
  readonly from: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly returnPath: string | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** One line, without NUL. */
  readonly subject: string;
  /** Date header as it came; null when missing. */
  readonly dateLine: string | null;
  /** ISO 8601, UTC; null when the header is missing or no date. */
  readonly date: string | null;
  /** Text, or its beginning when `textReference` holds the whole. */
  readonly text: string;
  readonly textReference: BlobReference | null;
  /** HTML when it is small; null when there is none, or `htmlReference` holds it. */
  readonly html: string | null;
  readonly htmlReference: BlobReference | null;
  readonly attachments: readonly Attachment[];
  /** Media type of the whole mail, lower case. */
  readonly contentType: string;
  readonly report: MailReport | null;
  /** Message-IDs of attached mails and in the text as `Message-ID: <…>`: what a bounce that is no report is about. */
  readonly quotedMessageIds: readonly string[];
  /** The headers that rules read (see `SIGNAL_HEADERS`), names in lower case, topmost value first. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  /** Notes about the parsing, such as `parser_fallback`. */
  readonly flags: readonly string[];
}
