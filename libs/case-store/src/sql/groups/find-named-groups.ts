import { rowsOf, type Queryable } from '../../queryable.js';

/** The groups of the names, inactive ones too, in no order. */
export async function findNamedGroups(
  client: Queryable,
  accountId: string,
  names: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  return rowsOf(client, {
    text: 'select id, name from agent_group where account_id = $1 and name = any ($2::text[])',
    values: [accountId, names],
  });
}
