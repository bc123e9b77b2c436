import { beginning, singleLine } from '../clean-text.js';
import { headerValue, type HeaderLine } from './header-lines.js';

/** A header that servers put on top of a mail while they pass it on. */
export interface TraceHeader {
  readonly name: 'received' | 'authentication-results';
  readonly value: string;
}

/** More hops than any real mail has between us and the server that we trust. */
const MOST_TRACES = 60;
const LONGEST_VALUE = 8000;

/**
 * The Received and Authentication-Results headers in their order, topmost first, each on one line. Only their order
 * tells which results a server of ours wrote and which came with the mail (RFC 8601 §5).
 */
export function traceHeaders(lines: readonly HeaderLine[]): TraceHeader[] {
  const traces: TraceHeader[] = [];
  for (const line of lines) {
    const name = line.key;
    if (name === 'received' || name === 'authentication-results') {
      traces.push({ name, value: beginning(singleLine(headerValue(line)), LONGEST_VALUE) });
      if (traces.length === MOST_TRACES) {
        break;
      }
    }
  }
  return traces;
}
