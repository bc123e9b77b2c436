import { domainToASCII } from 'node:url';

/**
 * The identity of an email address, the one spelling in which addresses are compared and stored: trimmed, NFC, lower
 * case, the domain in its ASCII form (IDNA). Dots and plus parts stay: only the domain's owner knows what they mean.
 * Null for what is no address.
 */
export function normaliseEmailAddress(address: string): string | null {
  const bare = address.trim().replace(/^<|>$/g, '').normalize('NFC').toLowerCase();
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const domain = domainToASCII(bare.slice(at + 1).replace(/\.$/, ''));
  const sound = at > 0 && domain !== '' && bare.length <= 320 && /^[^\s<>]+$/.test(local);
  return sound ? `${local}@${domain}` : null;
}

/**
 * What a configuration names as an address of ours, in the spelling that addresses are compared in; in lower case where it
 * is none.
 */
export function ownAddress(configured: string): string {
  return normaliseEmailAddress(configured) ?? configured.toLowerCase();
}

/**
 * The address and what it is without its plus parts, the longest first: `a+b+c@d`, `a+b@d`, `a@d`. A mailbox of ours
 * may have a plus in its own name.
 */
export function plusVariants(address: string): string[] {
  const at = address.lastIndexOf('@');
  const parts = address.slice(0, at).split('+');
  const domain = address.slice(at);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('+') + domain);
}
