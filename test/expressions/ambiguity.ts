import { RegExpParser } from '@eslint-community/regexpp';
import { positionsOf, type Positions } from './positions.js';

export type Danger = 'exponential' | 'polynomial';

/** From so many times on, a repetition within a repetition has as good as no end; one beside another has at this many. */
const NESTED = 5;
const BESIDE = 1_000;

/**
 * What a text can make of a pattern that does not match it in the end.
 * - `exponential`: one text leads from a character back to itself in two ways, as in `(a|a)*`, `(a+)+`, `(\d{1,9}|[0-9])*`;
 * - `polynomial`: one text may belong to one or to another of two repetitions without end, as in `\s*\n*\s*x`.
 *
 * It does not look at what a search costs that begins anew at each character (`\s+$` without `^`): its square.
 */
export function dangerOf(source: string, flags: string): Danger | null {
  const isUnicodeSets = flags.includes('v');
  const mode = { unicode: flags.includes('u') && !isUnicodeSets, unicodeSets: isUnicodeSets };
  const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, mode);
  if (hasTwoWaysRound(positionsOf(pattern, flags, NESTED))) {
    return 'exponential';
  }
  return hasTwoLoopsForOneText(positionsOf(pattern, flags, BESIDE)) ? 'polynomial' : null;
}

/** Of each position, those that a text may lead to. */
function reachOf({ next }: Positions): readonly ReadonlySet<number>[] {
  return next.map((_, from) => {
    const reached = new Set<number>();
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const to of next[at]?.keys() ?? []) {
        if (!reached.has(to)) {
          reached.add(to);
          open.push(to);
        }
      }
    }
    return reached;
  });
}

function hasTwoWaysRound(positions: Positions): boolean {
  const reach = reachOf(positions);
  return positions.next.some((_, from) => {
    const round = new Set([...(reach[from] ?? [])].filter((at) => reach[at]?.has(from)));
    return (
      [...round].some((at) => [...(positions.next[at] ?? [])].some(([to, ways]) => ways > 1 && round.has(to))) ||
      isReached(positions, [from, from, 0], [from, from, 1], ([one, other]) => round.has(one) && round.has(other))
    );
  });
}

type Walk = readonly [number, number, number];

/** Two walks by one text; the third says whether they have ever been apart. */
function isReached({ takes, next }: Positions, start: Walk, goal: Walk, isWithin: (walk: Walk) => boolean): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let walk = open.pop(); walk !== undefined; walk = open.pop()) {
    for (const one of next[walk[0]]?.keys() ?? []) {
      for (const other of next[walk[1]]?.keys() ?? []) {
        const to: Walk = [one, other, walk[2] === 1 || one !== other ? 1 : 0];
        const isOneText = ((takes[one] ?? 0n) & (takes[other] ?? 0n)) !== 0n;
        if (isOneText && isWithin(to) && !seen.has(to.join())) {
          if (to.join() === goal.join()) {
            return true;
          }
          seen.add(to.join());
          open.push(to);
        }
      }
    }
  }
  return false;
}

function hasTwoLoopsForOneText(positions: Positions): boolean {
  const reach = reachOf(positions);
  const loops = reach.flatMap((reached, at) => (reached.has(at) ? [at] : []));
  return loops.some((one) =>
    loops.some((other) => one !== other && reach[one]?.has(other) && isOneText(positions, reach, one, other)),
  );
}

/** Some text leads from the one back to it, from the one to the other, and from the other back to it. */
function isOneText({ takes, next }: Positions, reach: readonly ReadonlySet<number>[], one: number, other: number) {
  const goal = [one, other, other].join();
  const seen = new Set<string>();
  const open: Walk[] = [[one, one, other]];
  for (let walk = open.pop(); walk !== undefined; walk = open.pop()) {
    const [staying, going, arrived] = walk.map((at) => [...(next[at]?.keys() ?? [])]) as [number[], number[], number[]];
    for (const a of staying.filter((at) => reach[at]?.has(one))) {
      for (const b of going.filter((at) => at === other || reach[at]?.has(other))) {
        const both = (takes[a] ?? 0n) & (takes[b] ?? 0n);
        for (const c of both === 0n ? [] : arrived.filter((at) => reach[at]?.has(other))) {
          const key = [a, b, c].join();
          if ((both & (takes[c] ?? 0n)) !== 0n && !seen.has(key)) {
            if (key === goal) {
              return true;
            }
            seen.add(key);
            open.push([a, b, c]);
          }
        }
      }
    }
  }
  return false;
}
