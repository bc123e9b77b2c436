import { comparable, differencesBetween } from './comparable.js';
import type { Found } from './found.js';
import type { Telling } from './telling.js';

/** What a run has shown. */
export interface Comparison {
  /** Lifecycles as each system tells them. */
  readonly stories: number;
  /** Orders that came out other than it happened, each with where. */
  readonly different: readonly string[];
  /** Tellings without one of their requests that came out as if nothing were missing. */
  readonly unnoticed: readonly string[];
  /** Of the tellings that lack a request: in how many it shows in the case, too. */
  readonly otherCases: number;
  readonly lacking: number;
}

/** Holds every telling against the one of its story that is told as it happened. */
export function compareTellings(
  tellings: readonly Telling[],
  found: (telling: Telling) => Found,
  overAt: number,
): Comparison {
  const whatBecameOf = (telling: Telling) => comparable(found(telling), telling, overAt);
  const plain = new Map(tellings.filter(isPlain).map((one) => [one.story, whatBecameOf(one)]));
  const different: string[] = [];
  const unnoticed: string[] = [];
  let otherCases = 0;
  for (const telling of tellings.filter((one) => !isPlain(one))) {
    const [expected, got] = [plain.get(telling.story), whatBecameOf(telling)];
    const differences = differencesBetween(expected, got);
    if (telling.how === 'mixed' && differences.length > 0) {
      different.push(`${telling.name}\n    ${differences.join('\n    ')}`);
    }
    if (telling.how === 'lacking' && differences.length === 0) {
      unnoticed.push(telling.name);
    }
    otherCases += telling.how === 'lacking' && differencesBetween(expected?.['cases'], got['cases']).length > 0 ? 1 : 0;
  }
  const lacking = tellings.filter(({ how }) => how === 'lacking').length;
  return { stories: plain.size, different, unnoticed, otherCases, lacking };
}

const isPlain = ({ how }: Telling): boolean => how === 'plain';
