import type { CaseState } from '#libs/case-domain';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';
import { INSERTED_COLUMNS, namesOf, selectionOf, unnestOf, valuesOf } from './case-columns.js';

const TEXT = `
  insert into cases (account_id, ${namesOf(INSERTED_COLUMNS)})
  select $1, ${selectionOf(INSERTED_COLUMNS)}
  from ${unnestOf(INSERTED_COLUMNS)} as given (${namesOf(INSERTED_COLUMNS)})`;

/**
 * Inserts new cases; each has its number by now. Ends in `ConcurrentChange` when a number is borne already: the counter
 * was set back, as a restored database does, while a process still had later numbers at hand. That is caught and not
 * asked for with `on conflict`: the transaction starts over anyway, and every new case would pay for the question.
 */
export async function insertCases(client: Queryable, accountId: string, states: readonly CaseState[]): Promise<void> {
  const values = [accountId, ...valuesOf(INSERTED_COLUMNS, states)];
  try {
    await client.query({ name: 'insert_cases', text: TEXT, values });
  } catch (error) {
    throw isNumberTaken(error) ? new ConcurrentChange('case_number') : error;
  }
}

/** SQLSTATE 23505: unique_violation. */
function isNumberTaken(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && constraint === 'cases_account_id_number_key';
}
