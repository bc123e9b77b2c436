import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A case by its public number, as decimal text. */
export interface NumberedCase {
  readonly number: string;
  readonly id: string;
}

/** The cases that bear the numbers; a number that nobody bears has no row. */
export async function findNumberedCases(
  client: Queryable,
  accountId: string,
  numbers: readonly string[],
): Promise<NumberedCase[]> {
  return rowsOf<NumberedCase>(client, {
    name: 'find_numbered_cases',
    text: `
      select number::text as number, id
      from cases
      where account_id = $1 and number = any ($2::bigint[])`,
    values: [accountId, plainArray(numbers)],
  });
}
