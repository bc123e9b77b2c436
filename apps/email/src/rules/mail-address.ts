import { normaliseEmailAddress, plusVariants } from '#libs/interaction';

/** The mailbox of ours that a recipient reaches, directly or by a plus address; null for a stranger's address. */
export function mailboxOf(mailboxes: Pick<ReadonlySet<string>, 'has'>, recipient: string): string | null {
  const address = normaliseEmailAddress(recipient);
  return address === null ? null : (plusVariants(address).find((candidate) => mailboxes.has(candidate)) ?? null);
}

/** Whether one of the configured senders is this one: an entry is an address, or a whole domain as `@forms.example`. */
export function isAmong(senders: readonly string[], sender: string): boolean {
  return senders.some((entry) =>
    entry.startsWith('@') ? sender.endsWith(entry.toLowerCase()) : normaliseEmailAddress(entry) === sender,
  );
}
