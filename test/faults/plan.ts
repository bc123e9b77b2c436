import { aMail, aReply, bytesOf, type Mail } from '../mails/a-mail.js';
import type { FaultOptions } from './options.js';
import { seededRandom, type Random } from './random.js';

/** A mail on its way, or a record that no consumer can decode. */
export type Sending =
  | { readonly kind: 'mail'; readonly from: string; readonly to: string; readonly bytes: Buffer }
  | { readonly kind: 'poison'; readonly key: string; readonly value: string | null };

/** What must stand at the end, worked out from the plan alone: the rules of the product are not asked. */
export interface Expected {
  /** By Message-ID of the first mail: the Message-IDs of the conversation. One case each. */
  readonly conversations: ReadonlyMap<string, ReadonlySet<string>>;
  readonly senders: ReadonlySet<string>;
  /** Keys of the undecodable records. */
  readonly poison: ReadonlySet<string>;
  /** Different mails. */
  readonly interactions: number;
}

export interface Plan {
  readonly sendings: readonly Sending[];
  readonly expected: Expected;
}

export const SUPPORT = 'support@acme.example';
export const SALES = 'sales@acme.example';
const RECENT = 20;
const TEXT = 'Good morning,\n\nwe ordered two lamps and one came broken. What can be done about it?\n\n';

/**
 * The mails of a run.
 *   1 first mails and replies   2 some replies before their root   3 repetitions, byte for byte   4 poison in between
 * Every reply names the mail that it answers, some of them nothing else: the conversation is one case in whatever order
 * its mails arrive, though a late mail may have to join the cases that came to be before it.
 */
export function makePlan(options: FaultOptions): Plan {
  const random = seededRandom(options.seed);
  const count = (share: number): number => Math.round(options.mails * share);
  const poisoned = count(options.poison);
  const repeated = count(options.duplicates);
  const written = writeMails(options, random, options.mails - poisoned - repeated, count(options.replies));
  // The senders know their whole conversation; what stands in the header is up to their mail client.
  const mails = written.map((mail) => asClientsSendIt(mail, random));
  const expected = {
    conversations: conversationsOf(written),
    senders: new Set(mails.map((mail) => mail.from)),
    poison: new Set(Array.from({ length: poisoned }, (_, index) => poisonKey(index))),
    interactions: mails.length,
  };
  const sendings: Sending[] = disorder(mails, random).map((mail) => sendingOf(mail, SUPPORT));
  repeatSome(sendings, repeated, random);
  poisonSome(sendings, poisoned, random);
  return { sendings, expected };
}

function writeMails(options: FaultOptions, random: Random, total: number, replies: number): Mail[] {
  const mails: Mail[] = [];
  let repliesLeft = replies;
  for (let index = 0; index < total; index += 1) {
    const isReply = mails.length > 0 && random.fraction() < repliesLeft / (total - index);
    repliesLeft -= isReply ? 1 : 0;
    mails.push(isReply ? writeReply(answered(mails, random), index) : writeFirst(options, index, random));
  }
  return mails;
}

/** Half of the replies are to recent mails: near enough for one of them to be overtaken by the reply to it. */
function answered(mails: readonly Mail[], random: Random): Mail {
  return random.oneOf(random.below(2) === 0 ? mails.slice(-RECENT) : mails);
}

function writeFirst(options: FaultOptions, index: number, random: Random): Mail {
  const sender = random.below(options.senders);
  return aMail({
    messageId: `first-${index}@shop.example`,
    from: `person${sender}@shop.example`,
    fromName: `Person ${sender}`,
    subject: `Order ${index} came broken`,
    text: `${TEXT}${index}\n`,
    date: new Date(Date.UTC(2026, 10, 20) + index * 1000),
  });
}

function writeReply(answered: Mail, index: number): Mail {
  return aReply(answered, {
    messageId: `reply-${index}@shop.example`,
    text: `And another thing about it, number ${index}.\n\n> ${TEXT.replaceAll('\n', '\n> ')}\n`,
    date: new Date(Date.UTC(2026, 10, 20) + index * 1000),
  });
}

/** Some clients send no In-Reply-To; some send no References, and so tell nothing but the mail that is answered. */
function asClientsSendIt(mail: Mail, random: Random): Mail {
  const variant = isRoot(mail) ? 2 : random.below(3);
  if (variant === 0) {
    return { ...mail, inReplyTo: null };
  }
  return variant === 1 ? { ...mail, references: [] } : mail;
}

function isRoot(mail: Mail): boolean {
  return mail.inReplyTo === null && mail.references.length === 0;
}

function rootOf(mail: Mail): string {
  return mail.references[0] ?? mail.inReplyTo ?? mail.messageId ?? '';
}

function conversationsOf(mails: readonly Mail[]): Map<string, Set<string>> {
  const conversations = new Map<string, Set<string>>();
  for (const mail of mails) {
    const root = rootOf(mail);
    conversations.set(root, (conversations.get(root) ?? new Set()).add(mail.messageId ?? ''));
  }
  return conversations;
}

/** Moves every tenth mail up to 50 places forward: some replies overtake their root. */
function disorder(mails: readonly Mail[], random: Random): Mail[] {
  const order = mails.map((mail, index) => ({
    mail,
    place: random.below(10) === 0 ? index - random.below(50) : index,
  }));
  return order.sort((one, other) => one.place - other.place).map(({ mail }) => mail);
}

function sendingOf(mail: Mail, to: string): Sending {
  return { kind: 'mail', from: mail.from, to, bytes: bytesOf(mail) };
}

function repeatSome(sendings: Sending[], count: number, random: Random): void {
  for (let index = 0; index < count; index += 1) {
    const at = random.below(sendings.length);
    const original = sendings[at];
    if (original?.kind === 'mail') {
      const to = random.below(3) === 0 ? SALES : original.to;
      const later = Math.min(sendings.length, at + 1 + random.below(100));
      sendings.splice(later, 0, { ...original, to });
    }
  }
}

function poisonKey(index: number): string {
  return `poison-${index}`;
}

/** What goes wrong with records: no JSON, cut JSON, JSON of another shape, characters no database keeps, nothing. */
const POISON: readonly ((index: number) => string | null)[] = [
  (index) => `no json at all ${index}`,
  (index) => `{"schema":1,"id":"${index}`,
  (index) => JSON.stringify({ schema: 1, number: index }),
  (index) => JSON.stringify([index]),
  () => null,
];

function poisonSome(sendings: Sending[], count: number, random: Random): void {
  for (let index = 0; index < count; index += 1) {
    const value = POISON[index % POISON.length]?.(index) ?? null;
    sendings.splice(random.below(sendings.length + 1), 0, { kind: 'poison', key: poisonKey(index), value });
  }
}
