import { beginning, singleLine } from '../text/clean-text.js';
import { headerValue, type HeaderLine } from './header-lines.js';

/** A header that servers put on top of a mail while they pass it on. */
export interface TraceHeader {
  readonly name: 'received' | 'authentication-results';
  readonly value: string;
  /** Since the one above it something stands there that authors write: it need not be by the same server. */
  readonly apart: boolean;
}

/** What authors and their mail programs write; servers put nothing of it on top. */
const AUTHORS_FIELDS: ReadonlySet<string> = new Set([
  'bcc',
  'cc',
  'content-transfer-encoding',
  'content-type',
  'date',
  'dkim-signature',
  'from',
  'in-reply-to',
  'message-id',
  'mime-version',
  'references',
  'reply-to',
  'sender',
  'subject',
  'to',
]);
/** More hops than any real mail has between us and the server that we trust. */
const MOST_TRACES = 60;
const LONGEST_VALUE = 8000;

/**
 * The Received and Authentication-Results headers in their order, topmost first, each on one line. Only their order
 * tells which results a server of ours wrote and which came with the mail (RFC 8601 §5).
 */
export function traceHeaders(lines: readonly HeaderLine[]): TraceHeader[] {
  const traces: TraceHeader[] = [];
  let apart = false;
  for (const line of lines) {
    const name = line.key;
    apart ||= AUTHORS_FIELDS.has(name);
    if (name === 'received' || name === 'authentication-results') {
      traces.push({ name, value: beginning(singleLine(headerValue(line)), LONGEST_VALUE), apart });
      apart = false;
      if (traces.length === MOST_TRACES) {
        break;
      }
    }
  }
  return traces;
}
