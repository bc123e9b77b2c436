import type { Readable } from 'node:stream';
import type { Attachment } from '#libs/interaction';
import type { HeaderLine } from '../header/header-lines.js';

/** A mail whose bytes can be read as often as needed. */
export interface MailSource {
  /** Bytes. */
  readonly size: number;
  open(): Promise<Readable>;
  /** The whole mail when it is small enough to be in memory anyway. */
  readonly bytes: Buffer | null;
}

/** The contents of a mail, whichever way it was read. */
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

/** A part of a multipart/report, kept in memory up to its limit to be read. */
export interface ReportPart {
  readonly mediaType: string;
  readonly text: string;
}

/** A mail that was attached to another, as far as it was kept in memory. */
export interface AttachedBytes {
  /** Its beginning, at most `ATTACHED_HEAD_BYTES`, or the whole of a small one. */
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** Bytes of text and HTML that are held in memory; the raw mail keeps the rest. */
export const MOST_TEXT_BYTES = 8 * 1024 * 1024;
/** Bytes of a large attached mail that are kept: its header and more. */
export const ATTACHED_HEAD_BYTES = 64 * 1024;
/** More than one is none: nobody can say which of them is meant. */
export const MOST_ATTACHED_MAILS = 2;

/** Whether an attachment is a mail: by its type, or by its name where a program did not know the type. */
export function isAttachedMail(mediaType: string, name: string): boolean {
  return (
    /^message\/(rfc822|global)$/.test(mediaType) || (mediaType === 'application/octet-stream' && /\.eml$/i.test(name))
  );
}

const REPORT_PARTS =
  /^(message\/(global-)?(delivery-status|disposition-notification|feedback-report|rfc822|headers)|message\/global|text\/rfc822-headers)$/;
/** Bytes. */
const MOST_OF_A_REPORT_PART = 64 * 1024;

/** Whether a part tells about another mail: a report for programs, or that mail itself. */
export function isReportPart(mediaType: string): boolean {
  return REPORT_PARTS.test(mediaType);
}

/** What is read of such a part. */
export function reportPart(mediaType: string, content: Buffer): ReportPart {
  return { mediaType, text: content.toString('utf8', 0, MOST_OF_A_REPORT_PART) };
}
