/** When something was told, and by which fact: one order over everything that was ever told of a call. */
export interface Told {
  /** UTC, milliseconds. */
  readonly at: string;
  /** The provider's own order at one instant; -1 where it tells none. */
  readonly sequence: number;
  readonly factId: string;
}

/** A value, and who said it when. */
export interface Said<Value> extends Told {
  readonly value: Value;
}

/** What was said of each member of something. */
export type Members<Whole> = { readonly [Name in keyof Whole]?: Said<NonNullable<Whole[Name]>> };

/** Which of two sayings counts: the greater by a total order, so that choosing is commutative, associative, idempotent. */
export type Choice = (one: Said<unknown>, other: Said<unknown>) => number;

export const earliest: Choice = (one, other) => -compareTold(one, other);
export const latest: Choice = (one, other) => compareTold(one, other);

export function compareTold(one: Told, other: Told): number {
  return compareText(one.at, other.at) || one.sequence - other.sequence || compareText(one.factId, other.factId);
}

/** By UTF-16 units, so that every machine sorts alike. */
export function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Of each member the saying that counts; `choices` names those that another than the latest counts of. */
export function joinMembers<Whole>(
  one: Members<Whole>,
  other: Members<Whole>,
  choices: { readonly [Name in keyof Whole]?: Choice },
): Members<Whole> {
  const joined: { [Name in keyof Whole]?: Said<NonNullable<Whole[Name]>> } = { ...one };
  for (const name of Object.keys(other) as (keyof Whole)[]) {
    const [mine, theirs] = [joined[name], other[name]];
    if (theirs !== undefined && (mine === undefined || (choices[name] ?? latest)(mine, theirs) < 0)) {
      joined[name] = theirs;
    }
  }
  return joined;
}

/** What somebody says of the members that they know. */
export function saidBy<Whole extends object>({ at, sequence, factId }: Told, whole: Whole): Members<Whole> {
  const said: Record<string, Said<unknown>> = {};
  for (const [name, value] of Object.entries(whole) as [string, unknown][]) {
    if (value !== null && value !== undefined) {
      said[name] = { at, sequence, factId, value };
    }
  }
  return said as Members<Whole>;
}

/** The values alone. */
export function valuesOf<Whole>(members: Members<Whole>): Partial<Whole> {
  const said = Object.entries(members) as [string, Said<unknown>][];
  return Object.fromEntries(said.map(([name, { value }]) => [name, value])) as Partial<Whole>;
}

/** One text for one meaning: members in one order, without those that say nothing. Of what JSON can hold. */
export function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** A value whose members stand in one order, without those that say nothing. */
export function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  const known = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  known.sort(([one], [other]) => compareText(one, other));
  return Object.fromEntries(known.map(([name, inner]) => [name, inOrder(inner)]));
}

/**
 * The union of two sets as sorted lists, cut at `most`: of many the smallest stay, whatever the order of joining. Items that
 * compare as equal are one.
 */
export function union<Item>(
  one: readonly Item[],
  other: readonly Item[],
  compare: (left: Item, right: Item) => number,
  most: number,
): readonly Item[] {
  if (one.length === 0 || other.length === 0) {
    return one.length === 0 ? other : one;
  }
  const joined: Item[] = [];
  let [place, otherPlace] = [0, 0];
  while (joined.length < most && (place < one.length || otherPlace < other.length)) {
    const [mine, theirs] = [one[place], other[otherPlace]];
    const order = mine === undefined ? 1 : theirs === undefined ? -1 : compare(mine, theirs);
    joined.push((order <= 0 ? mine : theirs)!);
    place += order <= 0 ? 1 : 0;
    otherPlace += order >= 0 ? 1 : 0;
  }
  return joined;
}

/** Items as such a list. */
export function asSet<Item>(items: readonly Item[], compare: (left: Item, right: Item) => number): readonly Item[] {
  const sorted = [...items].sort(compare);
  return sorted.filter((item, index) => index === 0 || compare(sorted[index - 1]!, item) !== 0);
}
