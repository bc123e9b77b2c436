import type { Pool, PoolClient } from 'pg';
import { transaction } from '#libs/postgres';
import { INVARIANTS_OF_HISTORIES, TABLES_OF_HISTORIES, UNTOLD_EVENTS } from './invariants-of-histories.js';
import { INVARIANTS_OF_CONTACTS } from './invariants-of-contacts.js';
import { INVARIANTS_OF_ROWS } from './invariants-of-rows.js';

/** A statement for each invariant of domain.md §3, by its number, one for links, and some for contacts; what it returns is what breaks it. */
export const INVARIANTS: Readonly<Record<string, string>> = {
  ...INVARIANTS_OF_ROWS,
  ...INVARIANTS_OF_HISTORIES,
  ...INVARIANTS_OF_CONTACTS,
};

/**
 * What breaks any of them, each row with its number before it, read with plain SQL: no code of the
 * product is asked. `untold`: events that stand in no row of the outbox. Nothing writes meanwhile, and no relay runs.
 * The time it takes grows with the number of events, and not with its square.
 */
export function brokenInvariants(pool: Pool): Promise<string[]> {
  return transaction(pool, brokenInvariantsWithin);
}

/** The same within a transaction, once in each. */
export async function brokenInvariantsWithin(client: PoolClient): Promise<string[]> {
  await client.query(TABLES_OF_HISTORIES);
  const broken: string[] = [];
  for (const [number, text] of Object.entries({ ...INVARIANTS, untold: UNTOLD_EVENTS })) {
    const { rows } = await client.query<object>(text);
    broken.push(...rows.map((row) => `${number} ${JSON.stringify(row)}`));
  }
  return broken.sort();
}
