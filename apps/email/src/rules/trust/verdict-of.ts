import type { TrustVerdict } from '#libs/interaction';
import { domainOf, isAligned } from './alignment.js';
import type { MethodResult } from './authentication-results.js';

export interface Verdict {
  readonly verdict: TrustVerdict;
  /** A sentence without its subject: `says that …`. */
  readonly because: string;
}

/**
 * What results say about the domain of the From address (email.md §4.4), first hit wins:
 * 1. DMARC, when there is one answer: pass for that very domain proves it, fail disproves it. A server that accepts
 *    the chain of a forwarder (`arc=pass`) takes back the disproof: it then knows nothing;
 * 2. a DKIM signature of that domain;
 * 3. SPF of an envelope sender of that domain.
 */
export function verdictOf(results: readonly MethodResult[], fromDomain: string | null): Verdict {
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  if (fromDomain === null) {
    return { verdict: 'unknown', because: 'the From address has no domain that could be proven' };
  }
  if (new Set(dmarc.map(({ result }) => result)).size > 1) {
    return { verdict: 'unknown', because: 'DMARC has several answers' };
  }
  return dmarcVerdict(dmarc, results, fromDomain) ?? alignedVerdict(results, fromDomain);
}

function dmarcVerdict(dmarc: readonly MethodResult[], all: readonly MethodResult[], from: string): Verdict | null {
  const [answer] = dmarc;
  if (answer?.result === 'fail') {
    return all.some(({ method, result }) => method === 'arc' && result === 'pass')
      ? { verdict: 'unknown', because: `DMARC failed for ${from}, and a forwarder whose word was accepted explains it` }
      : { verdict: 'fail', because: `DMARC failed for ${from}` };
  }
  if (answer?.result !== 'pass') {
    return null;
  }
  const named = dmarc.flatMap(({ properties }) => properties.get('header.from') ?? []);
  const other = named.find((domain) => domainOf(domain) !== from);
  return other === undefined
    ? { verdict: 'pass', because: `DMARC passed for ${from}` }
    : { verdict: 'unknown', because: `DMARC passed for ${domainOf(other) ?? 'another domain'}, not for ${from}` };
}

function alignedVerdict(results: readonly MethodResult[], from: string): Verdict {
  const passed = results.filter(({ result }) => result === 'pass');
  const signature = passed.find((one) => one.method === 'dkim' && isAligned(signerOf(one), from));
  if (signature !== undefined) {
    return { verdict: 'pass', because: `the DKIM signature of ${signerOf(signature) ?? ''} holds` };
  }
  const envelope = passed.find((one) => one.method === 'spf' && isAligned(envelopeDomainOf(one), from));
  return envelope === undefined
    ? { verdict: 'unknown', because: `nothing proves ${from}` }
    : { verdict: 'pass', because: `SPF passed for ${envelopeDomainOf(envelope) ?? ''}` };
}

function signerOf({ properties }: MethodResult): string | null {
  const signer = properties.get('header.d') ?? properties.get('header.i');
  return signer === undefined ? null : domainOf(signer);
}

function envelopeDomainOf({ properties }: MethodResult): string | null {
  const sender = properties.get('smtp.mailfrom');
  return sender === undefined ? null : domainOf(sender);
}
