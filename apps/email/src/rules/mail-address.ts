import { normaliseEmailAddress, plusVariants } from '#libs/interaction';

/** The mailbox of ours that a recipient reaches, directly or by a plus address; null for a stranger's address. */
export function mailboxOf(mailboxes: Pick<ReadonlySet<string>, 'has'>, recipient: string): string | null {
  const address = normaliseEmailAddress(recipient);
  return address === null ? null : (plusVariants(address).find((candidate) => mailboxes.has(candidate)) ?? null);
}
