import { caseTokensIn } from '#libs/interaction';
import type { MimeContent, ReportPart } from '../content/mime-content.js';
import type { MailReport, ReturnedMail } from '../content/payload.js';
import { messageIds } from '../header/header-lines.js';
import { beginning } from '../text/clean-text.js';
import { deliveryStatus } from './delivery-status.js';
import { fieldValues, unfold } from './report-fields.js';

const KINDS: Readonly<Record<string, MailReport['kind']>> = {
  'delivery-status': 'delivery',
  'disposition-notification': 'disposition',
  'feedback-report': 'feedback',
};
const REPORT_PART = /^message\/(?:global-)?(delivery-status|disposition-notification|feedback-report)$/;
const MOST_TOKENS = 10;

/** Reads a report (RFC 6522), also one whose mail does not declare it; null for any other mail. */
export function readReport(content: MimeContent): MailReport | null {
  const declared = content.contentType === 'multipart/report' || REPORT_PART.test(content.contentType);
  const part = content.reportParts.find(({ mediaType }) => REPORT_PART.test(mediaType));
  const named = REPORT_PART.exec(part?.mediaType ?? content.contentType)?.[1] ?? '';
  const kind = (declared ? KINDS[content.reportType ?? ''] : undefined) ?? KINDS[named];
  if (kind === undefined) {
    return null;
  }
  const own = content.reportParts.filter((each) => !carriesOriginal(each)).map(({ text }) => text);
  const status = (own.length > 0 ? own : [content.text]).join('\n\n');
  const original = content.reportParts.filter(carriesOriginal).map((each) => unfold(headerOf(each.text)));
  const ids = [
    ...original.flatMap((text) => fieldValues(text, 'Message-ID')),
    ...fieldValues(unfold(status), 'Original-Message-ID'),
  ];
  return {
    kind,
    declared,
    originalMessageIds: [...new Set(ids.flatMap(messageIds))].slice(0, 10),
    ...(kind === 'delivery' ? deliveryStatus(status) : dispositionOf(unfold(status))),
  };
}

/** What became of the mail that a recipient was to read (RFC 8098 §3.2.6): `displayed`, `deleted` … */
function dispositionOf(fields: string): Pick<MailReport, 'failedRecipients' | 'status' | 'action'> {
  const disposition = fieldValues(fields, 'Disposition')[0] ?? '';
  const type = disposition.slice(disposition.lastIndexOf(';') + 1).trim();
  return { failedRecipients: [], status: null, action: /^[a-z]+/.exec(type.toLowerCase())?.[0] ?? null };
}

/**
 * Message-IDs that a mail carries along, in attached mails or in its text: what a bounce is about that is no
 * multipart/report (qmail, old Exchange). Of any other mail they say nothing.
 */
export function quotedMessageIds(content: Pick<MimeContent, 'reportParts'>, text: string): string[] {
  const attached = content.reportParts.filter(carriesOriginal).map((part) => unfold(headerOf(part.text)));
  const beginningOfText = beginning(text, 64 * 1024);
  const quoted = /message-id/i.test(beginningOfText) ? [unfold(beginningOfText)] : [];
  const ids = [...attached, ...quoted].flatMap((lines) => fieldValues(lines, 'Message-ID')).flatMap(messageIds);
  return [...new Set(ids)].slice(0, 10);
}

/** What came back with a bounce, or is attached to any other mail. */
export function returnedMail(content: Pick<MimeContent, 'reportParts'>): ReturnedMail {
  const headers = content.reportParts.filter(carriesOriginal).map((part) => unfold(headerOf(part.text)));
  const status = content.reportParts.filter((part) => !carriesOriginal(part)).map(({ text }) => text);
  const envelopeIds = status.flatMap((text) => fieldValues(unfold(text), 'Original-Envelope-Id'));
  const tokens = [...headers, ...envelopeIds].flatMap(caseTokensIn);
  const to = headers.flatMap((text) => [...fieldValues(text, 'X-Failed-Recipients'), ...fieldValues(text, 'To')]);
  return {
    recipients: to
      .flatMap((value) => value.split(/[\s<>,;"']+/))
      .filter((word) => word.includes('@'))
      .slice(0, 50),
    tokens: [...new Set(tokens)].slice(0, MOST_TOKENS),
  };
}

function carriesOriginal(part: ReportPart): boolean {
  return /rfc822|message\/global(-headers)?$/.test(part.mediaType);
}

function headerOf(mail: string): string {
  return mail.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
}
