/** Little enough for any link worth the name; it has grown to the most after five quick publishes. */
const FIRST_BYTES = 256 * 1024;
/** What may be held in memory together. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A link on which this takes longer than a publish may cannot be helped. */
const LEAST_BYTES = 16 * 1024;
/** A fifth of what the log gives a publish for its acknowledgement: twice as much still fits in well. Milliseconds. */
const QUICK_MS = 3_000;

/** How one publish ended. */
export type PublishTry =
  | { readonly outcome: 'published'; readonly bytes: number; readonly milliseconds: number }
  | { readonly outcome: 'timed_out'; readonly bytes: number };

/**
 * How many bytes the next publish may have, after one try with `pace`. The log gives every publish the same time, however
 * large it is, so over a slow link it must be smaller: a quarter after a try that took too long, because each such try costs
 * the whole time, and twice as much after one that was quick and large enough to show something.
 */
export function nextPace(pace: number, tried: PublishTry): number {
  if (tried.outcome === 'timed_out') {
    return Math.max(LEAST_BYTES, Math.floor(Math.min(pace, tried.bytes) / 4));
  }
  const showsMore = tried.milliseconds < QUICK_MS && tried.bytes >= pace / 2;
  return showsMore ? Math.min(MOST_BYTES, pace * 2) : pace;
}

/** What the link to the log was seen to carry; it outlives a failure of the relay, or nothing would be learnt from it. */
export class PublishPace {
  #bytes = FIRST_BYTES;

  get bytes(): number {
    return this.#bytes;
  }

  learn(tried: PublishTry): void {
    this.#bytes = nextPace(this.#bytes, tried);
  }
}

/** Items that are published together. */
export interface Portion<Item> {
  readonly items: readonly Item[];
  readonly bytes: number;
}

/** The items in order, in portions of at most so many bytes; an item that is larger goes alone. */
export function inPortions<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  mostBytes: number,
): Portion<Item>[] {
  const portions: { items: Item[]; bytes: number }[] = [];
  for (const item of items) {
    const bytes = sizeOf(item);
    const last = portions.at(-1);
    if (last !== undefined && last.bytes + bytes <= mostBytes) {
      last.items.push(item);
      last.bytes += bytes;
    } else {
      portions.push({ items: [item], bytes });
    }
  }
  return portions;
}
