import { createHash } from 'node:crypto';
import { interactionId, interactionRecord, type Interaction, type InteractionRecord } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { benchInteraction } from './bench-interaction.js';
import { AGENTS } from './bench-server.js';

/** Mails come in twenties; the first nine of them are first mails. */
const CYCLE = 20;
const FIRST = 9;
const REPLIES_END = 16;
const OTHERS_END = 18;
/** Of the existing cases, the closed ones have even numbers (`fillExisting`). */
const PEOPLE_PER_TEN = 10;

const runOf = (round: number): string => `mix${round}`;
const messageIdOf = ({ round, index }: Place): string => `${runOf(round)}-${index}@shop.example`;
const isFirst = (index: number): boolean => index % CYCLE < FIRST;

/** The first mails that the replies of round 0 answer. */
export function seedRecords(count: number): InteractionRecord[] {
  const indexes = Array.from({ length: count }, (_, index) => index).filter(isFirst);
  return indexes.map((index) => interactionRecord(benchInteraction(runOf(-1), index)));
}

/**
 * What a working account gets: 45 % first mails, 35 % replies by In-Reply-To and References to mails of this round and the
 * two before it, 10 % that name an older case by its address or by one of its mails (half of those closed), and 10 %
 * forwards by agents. A conversation stays in its place of the twenty, and so with one consumer.
 */
export function mixedRecords(round: number, count: number, existing: number): InteractionRecord[] {
  return Array.from({ length: count }, (_, index) => interactionRecord(mixed(round, index, existing)));
}

function mixed(round: number, index: number, existing: number): Interaction {
  const place = index % CYCLE;
  if (place < FIRST) {
    return benchInteraction(runOf(round), index);
  }
  if (place < REPLIES_END) {
    return replyOf(round, index);
  }
  return place < OTHERS_END ? toOldCase(round, index, existing) : forwardOf(round, index);
}

interface Place {
  readonly round: number;
  readonly index: number;
}

/**
 * Of seven replies two answer an earlier reply, one a mail of the same batch, and four the first mail of the round before,
 * which are what the next round's second answers go on with.
 */
function replyOf(round: number, index: number): Interaction {
  const place = index % CYCLE;
  if (place < FIRST + 2 && round > 0) {
    const answered = { round: round - 1, index: index + 3 };
    return answering(round, index, answered, { round: round - 2, index: answered.index - FIRST });
  }
  const root = { round: place === FIRST + 2 ? round : round - 1, index: index - FIRST };
  return answering(round, index, root, root);
}

function answering(round: number, index: number, answered: Place, root: Place): Interaction {
  const mail = benchInteraction(runOf(round), index);
  const { sender } = benchInteraction(runOf(root.round), root.index);
  const names = [...new Set([messageIdOf(answered), messageIdOf(root)])];
  return {
    ...mail,
    sender,
    content: { ...mail.content, subject: `Re: Order ${root.index} came broken` },
    references: names.map((value, at) => {
      return { kind: 'message_id', value, via: at === 0 ? 'in_reply_to' : 'references' };
    }),
  };
}

/** To the address of a case that was there before, or as an answer to its mail; every second of the latter is closed. */
function toOldCase(round: number, index: number, existing: number): Interaction {
  const mail = benchInteraction(runOf(round), index);
  const byAddress = index % CYCLE === REPLIES_END;
  const isClosed = !byAddress && Math.floor(index / CYCLE) % 2 === 0;
  const old = oldCase(round, index, existing, isClosed);
  const sender = `old${Math.floor(old / PEOPLE_PER_TEN)}@shop.example`;
  return {
    ...mail,
    sender: { kind: 'email', value: sender, name: null },
    content: { ...mail.content, subject: `Re: Order ${old} came broken` },
    references: byAddress
      ? [{ kind: 'case', value: oldCaseId(old), via: 'recipient_token' }]
      : [{ kind: 'message_id', value: `${md5(`${old}`)}@shop.example`, via: 'in_reply_to' }],
  };
}

/** Consumers, who take batches of 500 in turn, never meet in one of them. */
function oldCase(round: number, index: number, existing: number, isClosed: boolean): number {
  const lane = Math.floor(index / 500) % 2;
  const spread = ((round + 1) * 7919 + index * 104_729) % Math.floor(existing / 4);
  return spread * 4 + lane * 2 + (isClosed ? 0 : 1);
}

function forwardOf(round: number, index: number): Interaction {
  const mail = benchInteraction(runOf(round), index);
  const cycle = Math.floor(index / CYCLE);
  const author = index % 2 === 0 ? benchInteraction(runOf(round - 1), cycle * CYCLE).sender : mail.sender;
  const agent = AGENTS[cycle % AGENTS.length] ?? '';
  const externalId = `${runOf(round)}-forward-${index}`;
  return {
    ...mail,
    id: interactionId(defaultAccountId, 'email', externalId),
    externalId,
    sender: { kind: 'email', value: agent, name: 'An agent' },
    trust: { verdict: 'pass', reason: 'mx.acme.example: dmarc=pass' },
    forwarded: {
      author,
      method: 'inline_block',
      confidence: 'exact',
      messageId: null,
      subject: mail.content.subject,
      sentAt: null,
      note: 'Please look after this.',
      text: mail.content.text,
    },
    content: { ...mail.content, subject: `Fwd: ${mail.content.subject}` },
  };
}

function oldCaseId(number: number): string {
  const hex = `0190${number.toString(16).padStart(8, '0')}70008000${md5(`${number}`).slice(0, 12)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
