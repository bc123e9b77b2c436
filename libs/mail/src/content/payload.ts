import type { Attachment, BlobReference } from '#libs/interaction';
import type { MailAddress } from '../header/address-header.js';
import type { TraceHeader } from '../header/trace.js';

/** What a report about another mail says (RFC 3464 delivery, RFC 8098 disposition, RFC 5965 abuse). */
export interface MailReport {
  readonly kind: 'delivery' | 'disposition' | 'feedback';
  /** The mail is a multipart/report; otherwise it only carries the part for programs, as a forwarded report does. */
  readonly declared: boolean;
  /** Message-IDs of the mail that the report is about, without angle brackets. */
  readonly originalMessageIds: readonly string[];
  /** As the report spells them; of a delivery report those that failed or are delayed. */
  readonly failedRecipients: readonly string[];
  /** Enhanced status code (RFC 3463) of the recipient that fared worst, such as `5.1.1`. */
  readonly status: string | null;
  /** What became of that recipient, lower case: `failed`, `delayed`, `delivered` …; of a disposition `displayed` … */
  readonly action: string | null;
}

/** What the headers of attached mails say: of a bounce they are what came back. */
export interface ReturnedMail {
  /** Addresses of its recipients, not normalised. */
  readonly recipients: readonly string[];
  /** What looks like a token of ours in its header or in the report's envelope id; not verified. */
  readonly tokens: readonly string[];
}

/** A mail inside a mail, and what its forwarding sender wrote about it; no more trusted than the mail itself. */
export interface ForwardedMail {
  readonly author: MailAddress;
  readonly method: 'attached_message' | 'inline_block';
  /** `exact` where the forward names its author by fields; `weak` where the author had to be guessed. */
  readonly confidence: 'exact' | 'weak';
  /** Without angle brackets; known of an attached mail only. */
  readonly messageId: string | null;
  /** What an attached mail refers to, oldest first. */
  readonly references: readonly string[];
  readonly subject: string | null;
  /** In the words of the program that wrote it. */
  readonly sentAt: string | null;
  /** What the forwarding sender wrote above it. */
  readonly note: string;
  /** What was forwarded, or its beginning. */
  readonly text: string;
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
  /** The mail that was forwarded with this one, whoever forwarded it; null when it is no forward. */
  readonly forward: ForwardedMail | null;
  /** Where in `text` the quoted history begins, in UTF-16 units; for display only. */
  readonly quoteStart: number | null;
  /** Media type of the whole mail, lower case. */
  readonly contentType: string;
  readonly report: MailReport | null;
  /** Message-IDs of attached mails and in the text as `Message-ID: <…>`: what a bounce that is no report is about. */
  readonly quotedMessageIds: readonly string[];
  readonly returned: ReturnedMail;
  /** The headers that rules read (see `SIGNAL_HEADERS`), names in lower case, topmost value first. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  /** Received and Authentication-Results in their order: what stands above a stranger's hop was written by ours. */
  readonly trace: readonly TraceHeader[];
  /** Notes about the parsing, such as `charset_guessed`. */
  readonly flags: readonly string[];
}
