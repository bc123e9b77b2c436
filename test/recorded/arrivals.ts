import { createHash } from 'node:crypto';
import { seededRandom, type Random } from '../faults/random.js';
import { MAILBOXES } from './acme.js';
import { BEGIN, spacingOf } from './plan.js';
import type { PlannedMail } from './planned-mail.js';

export const PARTITIONS = 6;
const MOST_IN_BATCH = 500;

/** A mail on its way through one of our mailboxes, or a record that no consumer can decode. */
export type Arrival = (
  | {
      readonly kind: 'mail';
      readonly planned: PlannedMail;
      readonly mailbox: string;
      readonly provider: PlannedMail['provider'];
    }
  | { readonly kind: 'poison'; readonly key: string; readonly value: string | null }
) & { readonly receivedAt: Date };

/** What waits on one partition, oldest first. */
export interface Lane {
  readonly topic: string;
  readonly partition: number;
  readonly arrivals: Arrival[];
  taken: number;
}

const POISON: readonly ((index: number) => string | null)[] = [
  (index) => `no json at all ${index}`,
  (index) => `{"schema":1,"id":"${index}`,
  (index) => JSON.stringify({ schema: 1, number: index }),
  () => null,
];

/**
 * How the mails of a plan arrive:
 * 1. every eighth is overtaken by up to 60 others, so that answers come before what they answer
 * 2. some come again: through a second mailbox, or as they came before
 * 3. a few records that nobody can decode are among them
 * 4. each on the partition of its conversation, as the header names it
 */
export function lanesOf(seed: number, planned: readonly PlannedMail[]): Lane[] {
  const random = seededRandom(seed + 1);
  const placed = planned.flatMap((mail, place) => deliveriesOf(mail, place, random));
  for (let index = 0; index < Math.ceil(planned.length / 300); index += 1) {
    const value = POISON[index % POISON.length]?.(index) ?? null;
    placed.push({ place: random.below(planned.length), what: { kind: 'poison', key: `poison-${index}`, value } });
  }
  const inOrder = placed.sort((one, two) => one.place - two.place);
  const step = (spacingOf(planned.length) * planned.length) / inOrder.length;
  const lanes = new Map<string, Lane>();
  inOrder.forEach(({ what }, rank) => {
    const receivedAt = new Date(BEGIN + Math.floor(rank * step) + 1_000);
    laneOf(lanes, what).arrivals.push({ ...what, receivedAt });
  });
  return [...lanes.values()];
}

type What = Arrival extends infer Kind ? (Kind extends Arrival ? Omit<Kind, 'receivedAt'> : never) : never;

interface Placed {
  readonly place: number;
  readonly what: What;
}

function deliveriesOf(planned: PlannedMail, place: number, random: Random): Placed[] {
  const { mailbox, provider, kind } = planned;
  const late = kind !== 'burst' && random.below(8) === 0 ? random.below(60) : 0;
  const first: Placed = { place: place + late, what: { kind: 'mail', planned, mailbox, provider } };
  const again = random.below(100);
  const after = place + late + 1 + random.below(60) * random.below(8);
  if (again < 7) {
    const others = MAILBOXES.filter((address) => address !== mailbox);
    const further: What = { kind: 'mail', planned, mailbox: random.oneOf(others), provider: 'smtp' };
    return again < 2 ? [first, { place: place + late, what: further }] : [first, { place: after, what: further }];
  }
  return again < 10 ? [first, { place: after, what: first.what }] : [first];
}

function laneOf(lanes: Map<string, Lane>, what: What): Lane {
  const topic = what.kind === 'mail' && what.planned.kind === 'voicemail' ? 'voicemail' : 'email';
  const digest = createHash('sha256').update(conversationOf(what)).digest();
  const partition = (digest[0] ?? 0) % PARTITIONS;
  const name = `${topic} ${partition}`;
  const lane = lanes.get(name) ?? { topic: `interactions.${topic}.v1`, partition, arrivals: [], taken: 0 };
  lanes.set(name, lane);
  return lane;
}

function conversationOf(what: What): string {
  if (what.kind === 'poison') {
    return what.key;
  }
  const { mail, index } = what.planned;
  return mail.references[0] ?? mail.inReplyTo ?? mail.messageId ?? `${index}`;
}

/** Consecutive arrivals of one partition. */
export interface ArrivedBatch {
  readonly topic: string;
  readonly partition: number;
  /** Of the first one. */
  readonly offset: number;
  readonly arrivals: readonly Arrival[];
}

/** The next batch, or null when nothing is left: mostly of the partition that is furthest behind, else of any. */
export function nextBatch(lanes: readonly Lane[], random: Random, mails: number): ArrivedBatch | null {
  const waiting = lanes.filter(({ arrivals, taken }) => taken < arrivals.length);
  const [some] = waiting;
  if (some === undefined) {
    return null;
  }
  const heads = waiting.map((one) => one.arrivals[one.taken]?.receivedAt.getTime() ?? 0);
  const behind = waiting[heads.indexOf(Math.min(...heads))] ?? some;
  const lane = random.below(10) < 6 ? behind : random.oneOf(waiting);
  const size = sizeOf(random, Math.max(5, Math.min(MOST_IN_BATCH, Math.ceil(mails / 20))));
  const arrivals = lane.arrivals.slice(lane.taken, lane.taken + size);
  const offset = lane.taken;
  lane.taken += arrivals.length;
  return { topic: lane.topic, partition: lane.partition, offset, arrivals };
}

function sizeOf(random: Random, most: number): number {
  const which = random.below(10);
  const [least, below] = which < 3 ? [1, 5] : which < 7 ? [6, 40] : which < 9 ? [41, 150] : [151, MOST_IN_BATCH];
  return Math.min(most, least + random.below(below - least + 1));
}
