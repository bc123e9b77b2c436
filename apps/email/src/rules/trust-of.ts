import type { Trust } from '#libs/interaction';
import { beginning } from '../clean-text.js';
import type { EmailPayload } from '../payload.js';

/**
 * Whether the sender was proven. Only the topmost Authentication-Results header counts, and only when it names the
 * server that the mailbox is configured to trust (RFC 8601 §5): every other one may be the sender's own invention.
 */
export function trustOf(payload: EmailPayload, trustedAuthservId: string | null): Trust {
  if (payload.flags.includes('several_from')) {
    return { verdict: 'unknown', reason: 'more than one From address' };
  }
  if (trustedAuthservId === null) {
    return { verdict: 'unknown', reason: 'no trusted authserv-id configured' };
  }
  const results = payload.signals['authentication-results']?.[0];
  const [server = '', ...methods] = (results ?? '').split(';').map((part) => part.trim());
  if (server.split(/\s/)[0]?.toLowerCase() !== trustedAuthservId.toLowerCase()) {
    return { verdict: 'unknown', reason: 'no result of the trusted server' };
  }
  const dmarc = methods.find((method) => /^dmarc\s*=/i.test(method));
  const result = /^dmarc\s*=\s*([a-z]+)/i.exec(dmarc ?? '')?.[1]?.toLowerCase();
  const reason = beginning(`${server}: ${dmarc ?? 'no dmarc result'}`, 500);
  return { verdict: result === 'pass' || result === 'fail' ? result : 'unknown', reason };
}
