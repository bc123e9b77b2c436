import { domainToASCII } from 'node:url';

/**
 * The identity of an address: trimmed, NFC, lower case, the domain in its ASCII form (IDNA). Dots and plus parts stay:
 * only the domain's owner knows what they mean. Null for what is no address.
 */
export function normaliseAddress(address: string): string | null {
  const bare = address.trim().replace(/^<|>$/g, '').normalize('NFC').toLowerCase();
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const domain = domainToASCII(bare.slice(at + 1).replace(/\.$/, ''));
  const sound = at > 0 && domain !== '' && bare.length <= 320 && /^[^\s<>]+$/.test(local);
  return sound ? `${local}@${domain}` : null;
}

/** The address without what follows a plus sign in its local part. */
export function withoutPlus(address: string): string {
  return address.replace(/^([^+@]+)\+[^@]*@/, '$1@');
}

/** The mailbox of ours that a recipient reaches, directly or by a plus address; null for a stranger's address. */
export function mailboxOf(mailboxes: ReadonlySet<string>, recipient: string): string | null {
  const address = normaliseAddress(recipient);
  if (address === null) {
    return null;
  }
  return [address, withoutPlus(address)].find((candidate) => mailboxes.has(candidate)) ?? null;
}
