import type { EmailPayload } from '#libs/mail';
import { mailboxOf } from '../rules/mail-address.js';

/** Headers in which receiving and forwarding systems write whom a mail was for, the most trustworthy first. */
const TRACES: readonly { readonly name: string; readonly read: (values: readonly string[]) => readonly string[] }[] = [
  { name: 'x-original-to', read: (values) => values },
  { name: 'envelope-to', read: (values) => values },
  { name: 'x-envelope-to', read: (values) => values },
  { name: 'x-rcpt-to', read: (values) => values },
  // Gmail lists the address that forwarded before the one that it forwarded to.
  { name: 'x-forwarded-for', read: (values) => values.map((value) => addressesOf(value)[0] ?? '') },
  // The topmost is the mailbox that the mail lies in; those below it are earlier.
  { name: 'delivered-to', read: (values) => values.slice(1).reverse() },
  { name: 'x-gm-original-to', read: (values) => values },
  { name: 'resent-to', read: (values) => values },
];

type AddressedMail = Pick<EmailPayload, 'signals' | 'to' | 'cc'>;

/**
 * Which of our mailboxes the customer wrote to, of a mail that was taken out of `mailbox`; `mailbox` itself when nothing
 * says otherwise. First hit wins:
 * 1. the header that the mailbox's own server writes, when it is configured;
 * 2. the traces of forwarding systems;
 * 3. To and Cc, `mailbox` before others.
 * A sender can write all of these headers: they choose among mailboxes of one account, and give no right.
 */
export function mailboxMeant(
  mail: AddressedMail,
  mailbox: string,
  own: ReadonlySet<string>,
  recipientHeader: string | null,
): string {
  const named = namedMailboxes(mail, own);
  return tracedMailbox(mail, own, recipientHeader) ?? (named.includes(mailbox) ? mailbox : (named[0] ?? mailbox));
}

/** The mailbox of ours that receiving and forwarding systems name; null when none of them does. */
export function tracedMailbox(
  { signals }: AddressedMail,
  own: ReadonlySet<string>,
  recipientHeader: string | null,
): string | null {
  const configured = recipientHeader === null ? [] : (signals[recipientHeader.toLowerCase()] ?? []).slice(0, 1);
  const traced = TRACES.map(({ name, read }) => read(signals[name] ?? []));
  return mailboxesAmong([configured, ...traced].flat(), own)[0] ?? null;
}

/** Our mailboxes in To and Cc, in their order. */
export function namedMailboxes({ to, cc }: AddressedMail, own: ReadonlySet<string>): string[] {
  return mailboxesAmong(
    [...to, ...cc].map(({ address }) => address),
    own,
  );
}

function mailboxesAmong(values: readonly string[], own: ReadonlySet<string>): string[] {
  return values.flatMap(addressesOf).flatMap((address) => mailboxOf(own, address) ?? []);
}

function addressesOf(value: string): string[] {
  return value
    .slice(0, 2_000)
    .split(/[\s,;<>]+/)
    .filter((word) => word.includes('@'));
}
