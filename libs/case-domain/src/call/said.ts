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
export function saidBy<Whole extends object>(told: Told, whole: Whole): Members<Whole> {
  const known = Object.entries(whole).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]) => [name, { ...told, value: value as unknown }]),
  ) as Members<Whole>;
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

/** The union of two sets as sorted lists, cut at `most`: of many the smallest stay, whatever the order of joining. */
export function union<Item>(
  one: readonly Item[],
  other: readonly Item[],
  keyOf: (item: Item) => string,
  most: number,
): readonly Item[] {
  if (one.length === 0 || other.length === 0) {
    return one.length === 0 ? other : one;
  }
  if (other.length === 1) {
    const all = withItem(one, other[0]!, keyOf);
    return all.length > most ? all.slice(0, most) : all;
  }
  const byKey = new Map([...one, ...other].map((item) => [keyOf(item), item]));
  return [...byKey]
    .sort(([left], [right]) => compareText(left, right))
    .slice(0, most)
    .map(([, item]) => item);
}

/** Most is told in the order in which it happened, so that its place is looked for from the end. */
function withItem<Item>(sorted: readonly Item[], item: Item, keyOf: (item: Item) => string): readonly Item[] {
  const key = keyOf(item);
  let place = sorted.length;
  for (; place > 0; place -= 1) {
    const order = compareText(keyOf(sorted[place - 1]!), key);
    if (order === 0) {
      return sorted;
    }
    if (order < 0) {
      break;
    }
  }
  return [...sorted.slice(0, place), item, ...sorted.slice(place)];
}
