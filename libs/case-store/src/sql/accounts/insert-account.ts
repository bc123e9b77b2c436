import type { Queryable } from '../../queryable.js';
import { type AccountSettings, type AccountField, parametersOf } from './account-row.js';

/** Stores an account unless it is there; what is not given is as the table has it. */
export async function insertAccount(client: Queryable, id: string, settings: Partial<AccountSettings>): Promise<void> {
  const fields = Object.keys(settings) as AccountField[];
  await client.query({
    text: `
      insert into account (id, ${fields.join(', ')})
      values ($1, ${parametersOf(fields, 2).join(', ')})
      on conflict (id) do nothing`,
    values: [id, ...fields.map((field) => settings[field])],
  });
}
