import type { Queryable } from '#libs/case-store';
import { INVARIANTS_OF_HISTORIES, UNTOLD_EVENTS } from './invariants-of-histories.js';
import { INVARIANTS_OF_ROWS } from './invariants-of-rows.js';

/** A statement for each invariant of domain.md §3, by its number; what it returns is what breaks the invariant. */
export const INVARIANTS: Readonly<Record<string, string>> = { ...INVARIANTS_OF_ROWS, ...INVARIANTS_OF_HISTORIES };

/** Those that go through all changes for each case: nothing for databases of many cases. */
const THROUGH_ALL_CHANGES: ReadonlySet<string> = new Set(['I-5', 'I-9', 'I-15']);

/** What many cases are asked within seconds, whoever has announced their events. */
export const INVARIANTS_OF_MANY = Object.fromEntries(
  Object.entries(INVARIANTS).filter(([number]) => !THROUGH_ALL_CHANGES.has(number)),
);

/**
 * What breaks any of the invariants I-1 to I-19, each row with its number before it, read with plain SQL: no code of the
 * product is asked. `untold`: events that stand in no row of the outbox. Nothing writes meanwhile, and no relay runs.
 */
export async function brokenInvariants(
  client: Queryable,
  statements: Readonly<Record<string, string>> = { ...INVARIANTS, untold: UNTOLD_EVENTS },
): Promise<string[]> {
  const broken: string[] = [];
  for (const [number, text] of Object.entries(statements)) {
    const { rows } = await client.query<object>(text);
    broken.push(...rows.map((row) => `${number} ${JSON.stringify(row)}`));
  }
  return broken.sort();
}
