/** Numbers that look random and are the same for the same seed (mulberry32), so that a failed run can be repeated. */
export interface Random {
  /** In [0, 1). */
  fraction(): number;
  /** Whole, in [0, below). */
  below(below: number): number;
  /** One of the items; the list must not be empty. */
  oneOf<T>(items: readonly T[]): T;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return { fraction, below, oneOf: (items) => items[below(items.length)] as (typeof items)[number] };
}
