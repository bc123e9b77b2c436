import { seededRandom, type Random } from '../faults/random.js';
import { SUPPORT } from './acme.js';
import * as other from './other-mails.js';
import * as people from './people-mails.js';
import {
  type Conversation,
  type Desk,
  type MailKind,
  type PlannedMail,
  SHARES,
  someConversation,
  type Writer,
  type Written,
} from './planned-mail.js';

export const BEGIN = Date.UTC(2026, 2, 2, 8);
const SPAN_MS = 8 * 24 * 60 * 60 * 1000;
const BURST = 12;
const BURST_STEP_MS = 20_000;
/** Fetched late: so it is in order before the mails around it. */
const BURST_LATE_MS = 6 * 60 * 60 * 1000;

const WRITERS: Readonly<Record<Exclude<MailKind, 'burst'>, Writer>> = {
  first: people.first,
  reply: people.reply,
  agent_answer: people.agentAnswer,
  forward: other.forward,
  absence: other.absence,
  bounce: other.bounce,
  automatic_first: other.automaticFirst,
  notification: other.notification,
  list: other.list,
  spoofed_agent: other.spoofedAgent,
  failed_proof: other.failedProof,
  stranger: people.stranger,
  own_loop: other.ownLoop,
  anonymous: other.anonymous,
  without_id: other.withoutId,
  reused_id: other.reusedId,
  voicemail: other.voicemail,
  form: people.form,
  closed_mailbox: people.closedMailbox,
  several_from: other.severalFrom,
  too_many_hops: other.tooManyHops,
};

/** Milliseconds between two mails: all of them together are eight days, or what a mail a minute makes. */
export function spacingOf(mails: number): number {
  return Math.max(60_000, Math.floor(SPAN_MS / mails));
}

/**
 * The mails of a recording, in the order in which they were written. The same seed and count give the same mails.
 * Conversations grow by answers to any of their mails; bursts of one sender exceed what is let through.
 */
export function planMails(seed: number, count: number): PlannedMail[] {
  const random = seededRandom(seed);
  const spacing = spacingOf(count);
  const conversations: Conversation[] = [];
  const planned: PlannedMail[] = [];
  let people = 0;
  const person = (isNew = false): string => {
    people += isNew || people === 0 ? 1 : 0;
    return `person-${isNew ? people : 1 + random.below(people)}@customers.example`;
  };
  let burst: { readonly write: Writer; readonly from: number; left: number } | null = null;
  while (planned.length < count) {
    const index = planned.length + 1;
    const desk: Desk = { random, index, date: new Date(BEGIN + index * spacing), conversations, person };
    const kind = burst === null ? someKind(random) : 'burst';
    if (kind === 'burst') {
      burst ??= { write: burstOf(desk), from: desk.date.getTime() - BURST_LATE_MS, left: BURST };
      burst.left -= 1;
      const arrivedAt = new Date(burst.from - burst.left * BURST_STEP_MS);
      planned.push(keep(desk, kind, { ...burst.write(desk), provider: 'imap', arrivedAt, conversation: undefined }));
      burst = burst.left === 0 ? null : burst;
    } else {
      planned.push(keep(desk, kind, WRITERS[kind](desk)));
    }
  }
  return planned;
}

/** One sender's surplus: of first mails, of answers in one conversation, or of automatic mail. */
function burstOf(desk: Desk): Writer {
  const from = desk.person(true);
  const conversation = someConversation(desk);
  const which = desk.random.below(3);
  if (which === 0 || conversation === null) {
    return (then) => people.firstTo(then, SUPPORT, { from });
  }
  return which === 1
    ? (then) => people.replyIn(then, conversation, conversation.requester)
    : (then) => other.automatic(people.firstTo(then, SUPPORT, { from }), {});
}

function someKind(random: Random): MailKind {
  const kinds = Object.entries(SHARES) as [MailKind, number][];
  let left = random.below(kinds.reduce((sum, [, share]) => sum + share, 0));
  return kinds.find(([, share]) => (left -= share) < 0)?.[0] ?? 'first';
}

function keep({ index, conversations }: Desk, kind: MailKind, written: Written): PlannedMail {
  const { mail, conversation, outside, mailbox = SUPPORT } = written;
  if (conversation === null) {
    const outsider = outside === undefined ? [] : [{ mail: outside, index: null }];
    const requester = outside?.from ?? mail.from;
    const mails = [{ mail, index }, ...outsider];
    conversations.push({ requester, others: [...mail.cc], mailbox, subject: mail.subject, thread: `${index}`, mails });
  } else if (mail.messageId !== null) {
    conversation?.mails.push({ mail, index });
  }
  return {
    index,
    kind,
    mail,
    mailbox,
    provider: written.provider ?? 'smtp',
    arrivedAt: written.arrivedAt ?? null,
    threadId: written.threadId ?? null,
    caseAddressOf: written.caseAddressOf ?? null,
    caseNumberOf: written.caseNumberOf ?? null,
  };
}
