import type { Readable } from 'node:stream';
import type { Attachment } from '#libs/interaction';
import type { AttachedBytes } from '../forward/attached-mail.js';
import type { HeaderLine } from '../header/header-lines.js';

/** A part of a multipart/report, kept in memory up to its limit to be read. */
export interface ReportPart {
  readonly mediaType: string;
  readonly text: string;
}

/** The contents of a mail as a parser sees them. */
export interface MimeContent {
  readonly lines: readonly HeaderLine[];
  /** A charset that the mail names and that is not everybody's: a hint for bytes that are in no declared one. */
  readonly charset: string | null;
  /** Media type of the whole mail, lower case. */
  readonly contentType: string;
  /** `report-type` of a multipart/report, lower case. */
  readonly reportType: string | null;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** Attached mails, those inside of them not; the first few. */
  readonly attachedMails: readonly AttachedBytes[];
  readonly reportParts: readonly ReportPart[];
}

/** A mail whose bytes can be read as often as needed. */
export interface MailSource {
  /** Bytes. */
  readonly size: number;
  open(): Promise<Readable>;
  /** The whole mail when it is small enough to be in memory anyway. */
  readonly bytes: Buffer | null;
}
