import type { CaseState } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';
import { INSERTED_COLUMNS, namesOf, selectionOf, unnestOf, valuesOf } from './case-columns.js';

const TEXT = `
  insert into cases (account_id, ${namesOf(INSERTED_COLUMNS)})
  select $1, ${selectionOf(INSERTED_COLUMNS)}
  from ${unnestOf(INSERTED_COLUMNS)} as given (${namesOf(INSERTED_COLUMNS)})`;

/** Inserts new cases; each has its number by now. */
export async function insertCases(client: Queryable, accountId: string, states: readonly CaseState[]): Promise<void> {
  await client.query({
    name: 'insert_cases',
    text: TEXT,
    values: [accountId, ...valuesOf(INSERTED_COLUMNS, states)],
  });
}
