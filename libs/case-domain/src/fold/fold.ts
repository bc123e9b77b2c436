import type { Interaction } from '#libs/interaction';
import type { Deadline } from '../call/deadline.js';
import { type CallTimes, USUAL_CALL_TIMES } from '../call/call-times.js';

/** One fact about an interaction that is told piece by piece, such as a call. */
export interface Fact<Data = unknown> {
  readonly accountId: string;
  /** UUID by which a repetition is known: the same fact always has the same. */
  readonly id: string;
  /** UUIDv5 of (account, channel, external id), as of every interaction. */
  readonly interactionId: string;
  readonly data: Data;
}

export type ParsedFact<Data = unknown> =
  | { readonly ok: true; readonly fact: Fact<Data> }
  | { readonly ok: false; readonly reason: string; readonly detail: string };

/** How the facts of one kind become interactions. */
export interface FoldDefinition<Data, Folded extends object> {
  /** Where the facts come in. */
  readonly topic: string;
  /** Reads the value of a record. Never throws: whatever cannot be a fact says why. */
  readonly parse: (value: Buffer | null) => ParsedFact<Data>;
  /** Commutative, associative and idempotent: any order, any batches, any repetition give the same. */
  readonly merge: (folded: Folded | null, data: Data) => Folded;
  /** The interaction that it amounts to so far; what was folded becomes its details. */
  readonly interactionOf: (folded: Folded, times: CallTimes) => Omit<Interaction, 'details'>;
  /** Whether it goes on, so that nothing can be decided yet. */
  readonly waits: (folded: Folded, interaction: Omit<Interaction, 'details'>) => boolean;
  /** Recordings and texts, and how far each has come; what has none needs no such thing. */
  readonly mediaOf?: (folded: Folded) => string;
  /** What time does to it; kinds that no time changes have none. */
  readonly time?: {
    /** The next deadline that runs; null when there is none. */
    readonly deadlineOf: (folded: Folded, times: CallTimes) => Deadline | null;
    /** Writes down that a deadline has passed. */
    readonly pass: (folded: Folded, mark: string) => Folded;
    /** Takes out what passed and does not matter any more, so that it does not matter either when it passed. */
    readonly forget: (folded: Folded) => Folded;
  };
}

/** What the facts about an interaction amount to so far. */
export interface FoldedInteraction {
  readonly interaction: Interaction;
  readonly waits: boolean;
  /** A person had its facts told again, so that what was decided by settings of then is decided anew. */
  readonly again?: boolean;
  /** A recording or a text has come, or come further, since it was stored. */
  readonly arrived?: boolean;
  /** When time changes it next, if nothing is told before. ISO instant; null: never. */
  readonly dueAt?: string | null;
}

/** What it is when facts are folded in, and how long the account waits for more of them. */
export interface FoldClock {
  /** ISO instant. */
  readonly now: string;
  readonly times: CallTimes;
  /** When the stored interaction was to be changed by time; null: never. */
  readonly dueAt: string | null;
}

/** A kind of facts, for those who need not know what they hold. */
export interface FoldKind {
  readonly topic: string;
  readonly parse: (value: Buffer | null) => ParsedFact;
  /**
   * Folds further facts into the interaction as it was stored; null: these are the first. With a clock, deadlines run
   * and pass; it may be that nothing but time was added. Without one, nothing but facts counts.
   */
  readonly fold: (stored: Interaction | null, data: readonly unknown[], clock?: FoldClock) => FoldedInteraction;
}

/** Closes a kind of facts over its types: it is given back only what it parsed and folded itself. */
export function foldKind<Data, Folded extends object>(definition: FoldDefinition<Data, Folded>): FoldKind {
  const { topic, parse, merge, interactionOf, waits, mediaOf, time } = definition;
  return {
    topic,
    parse,
    fold: (stored, data, clock) => {
      const before = stored === null ? null : (stored.details as unknown as Folded);
      const told = (data as readonly Data[]).reduce<Folded | null>(merge, before);
      if (told === null || (data.length === 0 && clock === undefined)) {
        throw new Error('nothing is folded where there is no fact');
      }
      const timed =
        clock === undefined || time === undefined
          ? { folded: time?.forget(told) ?? told, dueAt: null, held: false }
          : runDeadlines(time, { before, told, hasFacts: data.length > 0, clock });
      const { folded, dueAt, held } = timed;
      const details = folded as Record<string, unknown>;
      // Time alone brings neither.
      const isTold = data.length > 0 && before !== null;
      const arrived = mediaOf !== undefined && isTold && mediaOf(before) !== mediaOf(folded);
      const interaction = { ...interactionOf(folded, clock?.times ?? USUAL_CALL_TIMES), details };
      return { interaction, waits: held || waits(folded, interaction), arrived, dueAt };
    },
  };
}

interface Telling<Folded> {
  readonly before: Folded | null;
  readonly told: Folded;
  readonly hasFacts: boolean;
  readonly clock: FoldClock;
}

/** A deadline that ran before goes on, unless it is renewed; those that are over pass one after another. */
function runDeadlines<Data, Folded extends object>(
  time: NonNullable<FoldDefinition<Data, Folded>['time']>,
  { before, told, hasFacts, clock: { now, times, dueAt } }: Telling<Folded>,
): { readonly folded: Folded; readonly dueAt: string | null; readonly held: boolean } {
  const running = before === null || dueAt === null ? null : (time.deadlineOf(before, times)?.mark ?? null);
  let folded = time.forget(told);
  for (;;) {
    const deadline = time.deadlineOf(folded, times);
    if (deadline === null) {
      return { folded, dueAt: null, held: false };
    }
    const { mark, afterMs, renewed, holds } = deadline;
    const goesOn = dueAt !== null && mark === running && !(renewed && hasFacts);
    const at = goesOn ? dueAt : new Date(Date.parse(now) + afterMs).toISOString();
    if (at > now) {
      return { folded, dueAt: at, held: holds };
    }
    folded = time.pass(folded, mark);
  }
}
