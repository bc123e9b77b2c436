import { rowsOf, type Queryable } from '../../queryable.js';

/** Which of some values cases have: JSON of custom fields, such as `{"model": "lamp"}`, in the order in which they were asked for. */
export async function findUsedOptions(
  client: Queryable,
  accountId: string,
  values: readonly string[],
): Promise<readonly boolean[]> {
  const rows = await rowsOf<{ used: boolean }>(client, {
    text: `
      select exists (
        select 1 from cases c
        where c.account_id = $1 and c.custom_fields <> '{}' and c.custom_fields @> given.value::jsonb
      ) as used
      from unnest($2::text[]) with ordinality as given (value, place)
      order by given.place`,
    values: [accountId, values],
  });
  return rows.map((row) => row.used);
}
