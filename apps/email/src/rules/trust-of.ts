import { normaliseEmailAddress, type Trust } from '#libs/interaction';
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
  const [server = '', ...methods] = plainParts(payload.signals['authentication-results']?.[0] ?? '');
  if (server.split(/\s/)[0]?.toLowerCase() !== trustedAuthservId.toLowerCase()) {
    return { verdict: 'unknown', reason: 'no result of the trusted server' };
  }
  const dmarc = methods.filter((method) => /^dmarc\s*=/i.test(method));
  const reason = beginning(`${server}: ${dmarc.join('; ') || 'no dmarc result'}`, 500);
  return { verdict: dmarc.length === 1 ? verdictOf(dmarc[0] ?? '', payload) : 'unknown', reason };
}

/** A pass counts only for the domain that the mail is from, where the result names one. */
function verdictOf(dmarc: string, payload: EmailPayload): Trust['verdict'] {
  const result = /^dmarc\s*=\s*([a-z]+)/i.exec(dmarc)?.[1]?.toLowerCase();
  if (result !== 'pass') {
    return result === 'fail' ? 'fail' : 'unknown';
  }
  const proven = /\sheader\.from\s*=\s*(\S+)/i.exec(dmarc)?.[1];
  return proven === undefined || domainOf(proven) === domainOf(payload.from[0]?.address ?? '') ? 'pass' : 'unknown';
}

function domainOf(addressOrDomain: string): string | null {
  return normaliseEmailAddress(`x@${addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1)}`);
}

/**
 * The parts between semicolons, without comments and quoted strings: in those a sender's own words are repeated, such
 * as the envelope address `"a;dmarc=pass"@…`. Nothing when they do not end.
 */
function plainParts(value: string): string[] {
  let plain = '';
  let depth = 0;
  let quoted = false;
  for (const [token] of value.matchAll(/\\.|[^]/g)) {
    if (token === '"' && depth === 0) {
      quoted = !quoted;
    } else if (!quoted && token === '(') {
      depth += 1;
    } else if (!quoted && token === ')') {
      depth = Math.max(0, depth - 1);
    } else if (!quoted && depth === 0) {
      plain += token;
    }
  }
  return quoted || depth > 0 ? [] : plain.split(';').map((part) => part.trim());
}
