import { normaliseEmailAddress } from '#libs/interaction';

/** The domain of an address, or of a domain as it stands, in its ASCII form; null for what is none. */
export function domainOf(addressOrDomain: string): string | null {
  const domain = addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1).replace(/^<|>$/g, '');
  return normaliseEmailAddress(`x@${domain}`)?.slice(2) ?? null;
}

/**
 * Relaxed alignment (RFC 7489 §3.1): both belong to one organisation. No list of public suffixes is asked: the domains
 * are equal, or one is below the other and the upper one has at least two labels. Siblings are not aligned, which is
 * stricter than the RFC.
 */
export function isAligned(proven: string | null, from: string | null): boolean {
  if (proven === null || from === null) {
    return false;
  }
  return proven === from || isBelow(proven, from) || isBelow(from, proven);
}

function isBelow(lower: string, upper: string): boolean {
  return upper.includes('.') && lower.endsWith(`.${upper}`);
}
