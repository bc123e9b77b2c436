import { parseAddressHeader } from 'mailparser';
import { normaliseEmailAddress } from '#libs/interaction';
import { beginning, type EmailPayload, type MailAddress, singleLine } from '#libs/mail';
import { isAmong, mailboxOf } from '../rules/mail-address.js';

/** The author behind a sender that a list or a form put in its own place. */
export interface RewrittenSender {
  readonly author: MailAddress;
  readonly method: 'list_rewrite' | 'reply_to';
  readonly confidence: 'exact' | 'weak';
}

type RewrittenMail = Pick<EmailPayload, 'from' | 'replyTo' | 'signals'>;

const LIST_SIGNS = ['list-id', 'mailing-list', 'x-original-from', 'x-original-sender'];

/**
 * Who wrote a mail whose From names somebody else; null where From is the author. Nothing of it is proven.
 * 1. A list or group that took the place of its author, because their domain forbids it to send in their name (DMARC):
 *    it says so in X-Original-From or X-Original-Sender, else in Reply-To. `exact` for a list at an address of ours.
 * 2. A form or another sender that nobody can answer, when the mailbox is configured to believe its Reply-To.
 */
export function rewrittenSender(
  mail: RewrittenMail,
  own: ReadonlySet<string>,
  replyToSenders: readonly string[],
): RewrittenSender | null {
  const [from] = mail.from;
  const sender = from === undefined ? null : normaliseEmailAddress(from.address);
  if (from === undefined || sender === null || mail.from.length > 1) {
    return null;
  }
  const answered = onlyAuthor(mail.replyTo, sender, own);
  if (isRewrittenByList(mail, from, sender, own)) {
    const original = originalAuthor(mail, sender, own);
    const author = original ?? answered;
    const name = author?.name || withoutVia(from.name);
    // A list of ours says who wrote; a stranger can run a list to say it was somebody else.
    const confidence = mailboxOf(own, sender) === null ? 'weak' : 'exact';
    return author === null ? null : { author: { ...author, name }, method: 'list_rewrite', confidence };
  }
  return isAmong(replyToSenders, sender) && answered !== null
    ? { author: { ...answered, name: answered.name || from.name }, method: 'reply_to', confidence: 'exact' }
    : null;
}

/** It has a list's header, and From is the list or one of our own addresses, or says `via`. */
function isRewrittenByList(
  { signals }: RewrittenMail,
  from: MailAddress,
  sender: string,
  own: ReadonlySet<string>,
): boolean {
  if (!LIST_SIGNS.some((sign) => signals[sign] !== undefined)) {
    return false;
  }
  const list = [...(signals['list-id'] ?? []), ...(signals['list-post'] ?? [])].join(' ').toLowerCase();
  const isList = list.includes(sender) || list.includes(sender.replace('@', '.'));
  return isList || mailboxOf(own, sender) !== null || /\s(via|through|über|par|por|via:)\s/i.test(` ${from.name} `);
}

function originalAuthor({ signals }: RewrittenMail, sender: string, own: ReadonlySet<string>): MailAddress | null {
  const values = [
    ...(signals['x-original-from'] ?? []).slice(0, 1),
    ...(signals['x-original-sender'] ?? []).slice(0, 1),
  ];
  const { value: found } = parseAddressHeader(
    values.map((value) => beginning(value, 2_000)),
    {
      flatten: true,
      decodePunycode: false,
    },
  );
  const parties = found.map(({ name, address }) => ({ name: singleLine(name), address: address ?? '' }));
  return parties.map((party) => onlyAuthor([party], sender, own)).find((party) => party !== null) ?? null;
}

/** The one address that is neither the sender's nor ours. */
function onlyAuthor(parties: readonly MailAddress[], sender: string, own: ReadonlySet<string>): MailAddress | null {
  const others = parties.filter(({ address }) => {
    const known = normaliseEmailAddress(address);
    return known !== null && known !== sender && mailboxOf(own, known) === null;
  });
  return others.length === 1 ? (others[0] ?? null) : null;
}

function withoutVia(name: string): string {
  return name
    .replace(/^["']|["']$/g, '')
    .replace(/["']?\s+via\s.*$/i, '')
    .trim();
}
