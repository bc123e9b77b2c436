import type { Mail } from '../mails/a-mail.js';
import type { Random } from '../faults/random.js';

/** What a mail of the plan is meant to be; what becomes of it is for the rules to say. */
export type MailKind = keyof typeof SHARES;

/** Of a thousand mails. A burst is twelve. */
export const SHARES = {
  first: 315,
  reply: 400,
  agent_answer: 75,
  forward: 50,
  absence: 25,
  bounce: 15,
  automatic_first: 6,
  notification: 14,
  list: 8,
  spoofed_agent: 14,
  failed_proof: 16,
  stranger: 15,
  burst: 3,
  own_loop: 5,
  anonymous: 4,
  without_id: 4,
  reused_id: 4,
  voicemail: 8,
  form: 6,
  closed_mailbox: 5,
  several_from: 4,
  too_many_hops: 4,
} as const;

/** A mail as its sender wrote it, and what can be known of it only when it is sent. */
export interface PlannedMail {
  /** Place in the plan, from 1. */
  readonly index: number;
  readonly kind: MailKind;
  readonly mail: Mail;
  readonly mailbox: string;
  readonly provider: 'smtp' | 'imap';
  /** When its mailbox got it, where that is told. */
  readonly arrivedAt: Date | null;
  readonly threadId: string | null;
  /** It goes to the address of the case that this mail is in. */
  readonly caseAddressOf: number | null;
  /** Its subject names the number of the case that this mail is in. */
  readonly caseNumberOf: number | null;
}

/** Mails that belong together, and who takes part. */
export interface Conversation {
  readonly requester: string;
  readonly others: string[];
  readonly mailbox: string;
  readonly subject: string;
  readonly thread: string;
  /** Oldest first; the index is null of a mail that never came to us. */
  readonly mails: { readonly mail: Mail; readonly index: number | null }[];
}

/** What the writer of a mail has at hand. */
export interface Desk {
  readonly random: Random;
  readonly index: number;
  /** When the mail is written. */
  readonly date: Date;
  readonly conversations: Conversation[];
  /** Somebody who has written before, or, where asked for, somebody new. */
  person(isNew?: boolean): string;
}

/** What a writer says of a mail; the rest is as usual. */
export interface Written extends Partial<Omit<PlannedMail, 'index' | 'kind' | 'mail'>> {
  readonly mail: Mail;
  /** The conversation that it goes on with; null begins one; left out when it is in none. */
  readonly conversation?: Conversation | null;
  /** A mail that never came to us and is part of the conversation that this one begins. */
  readonly outside?: Mail;
}

export type Writer = (desk: Desk) => Written;

/** Few, so that conversations become as long as those of people. */
const RECENT = 10;

/** A conversation that can be gone on with: mostly a recent one. Null while there is none. */
export function someConversation({ random, conversations }: Desk): Conversation | null {
  const recent = random.below(5) > 1;
  return conversations.length === 0 ? null : random.oneOf(recent ? conversations.slice(-RECENT) : conversations);
}

/** The mail that is answered: half of the time the last one, else any. */
export function someMail({ random }: Desk, { mails }: Conversation): Conversation['mails'][number] {
  return random.below(2) === 0 ? (mails.at(-1) as (typeof mails)[number]) : random.oneOf(mails);
}

export function textOf(index: number, told = 'we ordered two lamps and one of them came broken.'): string {
  return `Good morning,\n\n${told}\n\nOrder ${index}\n`;
}

const SERVER = 'mx.acme.example';
const STRANGERS_HOP = ['Received', 'from mail.elsewhere.example by mx.acme.example with ESMTPS id 7; now'] as const;

/** What the server that the mailboxes trust found out about the sender. */
export function proofHeaders(verdict: 'pass' | 'fail' | 'none', from: string): Mail['headers'] {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const results = ['Authentication-Results', `${SERVER}; dmarc=${verdict} header.from=${domain}`] as const;
  return verdict === 'none' ? [STRANGERS_HOP] : [results, STRANGERS_HOP];
}
