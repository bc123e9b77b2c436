import type { CaseState } from '#libs/case-domain';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import { INSERTED_COLUMNS, namesOf, selectionOf, unnestOf, valuesOf } from './case-columns.js';

const TEXT = `
  insert into cases (account_id, ${namesOf(INSERTED_COLUMNS)})
  select $1, ${selectionOf(INSERTED_COLUMNS)}
  from ${unnestOf(INSERTED_COLUMNS)} as given (${namesOf(INSERTED_COLUMNS)})
  on conflict (account_id, number) do nothing`;

/**
 * Inserts new cases; each has its number by now. Ends in `ConcurrentChange` when a number is borne already: the counter
 * was set back, as a restored database does, while a process still had later numbers at hand.
 */
export async function insertCases(client: Queryable, accountId: string, states: readonly CaseState[]): Promise<void> {
  const result = await client.query({
    name: 'insert_cases',
    text: TEXT,
    values: [accountId, ...valuesOf(INSERTED_COLUMNS, states)],
  });
  if (result.rowCount !== states.length) {
    throw new ConcurrentChange('case_number');
  }
}
