import { type EmailPayload, untaggedSubject } from '#libs/mail';
import { bounceClass } from './bounce/bounce-facts.js';
import { proof, type Sight, type Signal } from './signal.js';

/** What the mail declares itself to be: a report about another mail (RFC 6522). */
export function reports({ payload }: Sight): Signal[] {
  const { report } = payload;
  if (report === null || !report.declared) {
    return complains(payload) ? [proof('abuse_report', `Subject: ${payload.subject}`)] : [];
  }
  switch (report.kind) {
    case 'disposition':
      return [proof('receipt', `report-type=disposition-notification ${report.action ?? ''}`.trim())];
    case 'feedback':
      return [proof('abuse_report', 'report-type=feedback-report')];
    case 'delivery': {
      const text = `report-type=delivery-status ${report.action ?? ''} ${report.status ?? ''}`.trim();
      return [proof(isSuccess(report.action) ? 'receipt' : bounceClass(payload), text)];
    }
  }
}

const DMARC_SUBJECT = /^report domain:\s*\S+\s+submitter:\s*\S/i;

/**
 * Reports about how our domain fares, which postmasters send too: of DMARC, known by their subject alone (RFC 7489
 * §7.2.1.1), and of whatever else a machine declares to be a report, such as of TLS (RFC 8460).
 */
export function domainReports({ payload }: Sight): Signal[] {
  const declared = payload.report === null && payload.contentType === 'multipart/report';
  return [
    ...(declared ? [proof('notification', 'multipart/report')] : []),
    ...(DMARC_SUBJECT.test(untaggedSubject(payload.subject)) ? [proof('notification', 'Subject: Report Domain')] : []),
  ];
}

/** Outlook.com's complaints have the mail that they are about, and no report (RFC 5965). */
function complains({ subject, quotedMessageIds }: EmailPayload): boolean {
  return /^complaint about message from [\da-f.:]{7,45}$/i.test(subject) && quotedMessageIds.length > 0;
}

/** RFC 3464 §2.3.3: it arrived, or was handed on to where nobody reports. */
function isSuccess(action: string | null): boolean {
  return action === 'delivered' || action === 'relayed' || action === 'expanded';
}
