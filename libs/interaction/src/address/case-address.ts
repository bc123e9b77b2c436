/** RFC 5321 §4.5.3.1.1: octets of a local part. */
const LONGEST_LOCAL_PART = 64;

/**
 * The address of a case at one of our mailboxes: `support+cw…@acme.example` (plus addressing, RFC 5233). Mail to it
 * reaches the mailbox and finds its case even when everything else is lost. Null when the mailbox's own name leaves no
 * room for the token.
 */
export function caseAddress(mailbox: string, token: string): string | null {
  const at = mailbox.lastIndexOf('@');
  const local = `${mailbox.slice(0, at)}+${token}`;
  return at <= 0 || Buffer.byteLength(local) > LONGEST_LOCAL_PART ? null : `${local}${mailbox.slice(at)}`;
}

/**
 * A Message-ID for a mail that is sent about a case, with angle brackets (RFC 5322 §3.6.4): replies name it, and so the
 * case. `unique` distinguishes the mails of the case: letters, digits and hyphens.
 */
export function caseMessageId(mailbox: string, token: string, unique: string): string {
  return `<${unique}.${token}${mailbox.slice(mailbox.lastIndexOf('@'))}>`;
}
