import type { CaseState } from '#libs/case-domain';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import { CHANGING_NAMES, UPDATED_COLUMNS, namesOf, selectionOf, unnestOf, valuesOf } from './case-columns.js';

const TEXT = `
  update cases c
  set ${CHANGING_NAMES.map((name) => `${name} = given.${name}`).join(', ')}
  from (
    select ${selectionOf(UPDATED_COLUMNS)}
    from ${unnestOf(UPDATED_COLUMNS)} as given (${namesOf(UPDATED_COLUMNS)})
  ) as given
  where c.account_id = $1 and c.id = given.id and c.version < given.version`;

/**
 * Writes the new states of cases that this transaction has locked. The version only grows, so a state that was read
 * without the lock can never be written over a later one: that ends in `ConcurrentChange`.
 */
export async function updateCases(client: Queryable, accountId: string, states: readonly CaseState[]): Promise<void> {
  const result = await client.query({
    name: 'update_cases',
    text: TEXT,
    values: [accountId, ...valuesOf(UPDATED_COLUMNS, states)],
  });
  if (result.rowCount !== states.length) {
    throw new ConcurrentChange('case_family');
  }
}
