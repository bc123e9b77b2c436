import type { Interaction } from '#libs/interaction';

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
  readonly interactionOf: (folded: Folded) => Omit<Interaction, 'details'>;
  /** Whether it goes on, so that nothing can be decided yet. */
  readonly waits: (folded: Folded) => boolean;
  /** Recordings and texts, and how far each has come; what has none needs no such thing. */
  readonly mediaOf?: (folded: Folded) => string;
}

/** What the facts about an interaction amount to so far. */
export interface FoldedInteraction {
  readonly interaction: Interaction;
  readonly waits: boolean;
  /** A person had its facts told again, so that what was decided by settings of then is decided anew. */
  readonly again?: boolean;
  /** A recording or a text has come, or come further, since it was stored. */
  readonly arrived?: boolean;
}

/** A kind of facts, for those who need not know what they hold. */
export interface FoldKind {
  readonly topic: string;
  readonly parse: (value: Buffer | null) => ParsedFact;
  /** Folds further facts into the interaction as it was stored; null: these are the first. */
  readonly fold: (stored: Interaction | null, data: readonly unknown[]) => FoldedInteraction;
}

/** Closes a kind of facts over its types: it is given back only what it parsed and folded itself. */
export function foldKind<Data, Folded extends object>(definition: FoldDefinition<Data, Folded>): FoldKind {
  const { topic, parse, merge, interactionOf, waits, mediaOf } = definition;
  return {
    topic,
    parse,
    fold: (stored, data) => {
      const before = stored === null ? null : (stored.details as unknown as Folded);
      const [first, ...more] = data as readonly Data[];
      if (first === undefined) {
        throw new Error('nothing is folded where there is no fact');
      }
      const folded = more.reduce<Folded>(merge, merge(before, first));
      const details = folded as Record<string, unknown>;
      const arrived = mediaOf !== undefined && before !== null && mediaOf(before) !== mediaOf(folded);
      return { interaction: { ...interactionOf(folded), details }, waits: waits(folded), arrived };
    },
  };
}
