import type { MailReport } from '../content/payload.js';
import { beginning } from '../text/clean-text.js';
import { fieldValues, unfold } from './report-fields.js';

const MOST_RECIPIENTS = 50;
const MOST_GROUPS = 500;
/** From the worst on: the whole report is what its worst recipient is. */
const WORST_FIRST = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

interface RecipientStatus {
  readonly recipients: readonly string[];
  readonly action: string | null;
  readonly status: string | null;
}

/** The part of a delivery report that is for programs (RFC 3464): groups of fields, one for each recipient. */
export function deliveryStatus(text: string): Pick<MailReport, 'failedRecipients' | 'status' | 'action'> {
  const groups = unfold(text)
    .split(/\n[ \t\r]*\n/)
    .slice(0, MOST_GROUPS)
    .map(recipientStatus);
  const told = groups.filter(({ recipients, action }) => recipients.length > 0 || action !== null);
  const failed = told.filter(({ action }) => action === null || action === 'failed' || action === 'delayed');
  const worst = [...told].sort((one, other) => rank(one) - rank(other))[0];
  return {
    failedRecipients: [...new Set(failed.flatMap(({ recipients }) => recipients))].slice(0, MOST_RECIPIENTS),
    status: worst?.status ?? null,
    action: worst?.action ?? null,
  };
}

/** A failure for good is worse than one that may pass. */
function rank({ action, status }: RecipientStatus): number {
  const place = WORST_FIRST.indexOf(action ?? 'failed');
  return (place === -1 ? WORST_FIRST.length : place) + (status?.startsWith('5') === true ? 0 : 0.5);
}

/** The address that failed, and the one that we wrote to where the mail was handed on (RFC 3464 §2.3.1). */
function recipientStatus(group: string): RecipientStatus {
  const recipients = [...fieldValues(group, 'Final-Recipient'), ...fieldValues(group, 'Original-Recipient')];
  return {
    recipients: [...new Set(recipients.map(addressOf))].filter((address) => address !== ''),
    action: /^[a-z]+/.exec((fieldValues(group, 'Action')[0] ?? '').toLowerCase())?.[0] ?? null,
    status: /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d)/.exec(fieldValues(group, 'Status')[0] ?? '')?.[0] ?? null,
  };
}

/** `rfc822; a+2Bb@c` is an address whose plus is in xtext (RFC 3461 §4); programs leave out the type and add brackets. */
function addressOf(value: string): string {
  const semicolon = value.indexOf(';');
  const bare = value
    .slice(semicolon + 1)
    .trim()
    .replace(/^<|>$/g, '');
  return beginning(bare.replaceAll('+2B', '+').replaceAll('+3D', '='), 320);
}
