import { beginning } from '../clean-text.js';
import type { MailReport } from '../payload.js';
import { messageIds } from './header-lines.js';
import type { MimeContent, ReportPart } from './mime-content.js';

const KINDS: Readonly<Record<string, MailReport['kind']>> = {
  'delivery-status': 'delivery',
  'disposition-notification': 'disposition',
  'feedback-report': 'feedback',
};
const MOST_RECIPIENTS = 50;

/** Reads a multipart/report (RFC 6522); null for any other mail. */
export function readReport(content: MimeContent): MailReport | null {
  const kind = KINDS[content.reportType ?? ''];
  if (content.contentType !== 'multipart/report' || kind === undefined) {
    return null;
  }
  const status = content.reportParts.filter((part) => !carriesOriginal(part)).map((part) => part.text);
  const fields = unfold(status.join('\n'));
  const original = content.reportParts.filter(carriesOriginal).map((part) => unfold(headerOf(part.text)));
  const ids = [...original.flatMap((text) => field(text, 'Message-ID')), ...field(fields, 'Original-Message-ID')];
  return {
    kind,
    originalMessageIds: [...new Set(ids.flatMap(messageIds))].slice(0, 10),
    failedRecipients: field(fields, 'Final-Recipient')
      .map((value) => beginning(value.replace(/^[^;]*;\s*/, ''), 320))
      .slice(0, MOST_RECIPIENTS),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(fields, 'Status')[0] ?? '')?.[0] ?? null,
    action: /^[a-z]+/.exec((field(fields, 'Action')[0] ?? '').toLowerCase())?.[0] ?? null,
  };
}

/**
 * Message-IDs that a mail carries along, in attached mails or in its text: what a bounce is about that is no
 * multipart/report (qmail, old Exchange). Of any other mail they say nothing.
 */
export function quotedMessageIds(content: Pick<MimeContent, 'reportParts'>, text: string): string[] {
  const attached = content.reportParts.filter(carriesOriginal).map((part) => unfold(headerOf(part.text)));
  const beginningOfText = beginning(text, 64 * 1024);
  const quoted = /message-id/i.test(beginningOfText) ? [unfold(beginningOfText)] : [];
  const ids = [...attached, ...quoted].flatMap((lines) => field(lines, 'Message-ID')).flatMap(messageIds);
  return [...new Set(ids)].slice(0, 10);
}

function carriesOriginal(part: ReportPart): boolean {
  return /rfc822|message\/global(-headers)?$/.test(part.mediaType);
}

function headerOf(mail: string): string {
  return mail.split(/\r?\n\r?\n/, 1)[0] ?? '';
}

function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]+/g, ' ');
}

/** Values of `Name: value` lines. */
function field(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`^[ \\t>]*${name}[ \\t]*:[ \\t]*(.*)$`, 'gim'))].map(([, value = '']) =>
    value.trim(),
  );
}
