import { rowsOf, type Queryable } from '../../queryable.js';

/** What uses a field. */
export interface FieldUses {
  /** Cases have a value of it, closed ones and those in the trash included. */
  readonly held: boolean;
  /** A case had one before. Nobody asked while cases have one now. */
  readonly remembered: boolean;
}

/**
 * Whether any case has a value of the field, or had one. Histories name fields within their changes, where no index
 * leads: this reads those since the field was made, once in its life.
 */
export async function findFieldUses(client: Queryable, accountId: string, id: string): Promise<FieldUses> {
  const [row] = await rowsOf<FieldUses>(client, {
    text: `
      select uses.held, not uses.held and exists (
        select 1
        from case_event e, json_array_elements(e.changes) as change
        where e.account_id = $1 and e.recorded_at >= uses.created_at and strpos(e.changes::text, uses.key) > 0
          and change ->> 'field' = 'customFields'
          and ((change -> 'from')::jsonb ? uses.key or (change -> 'to')::jsonb ? uses.key)
      ) as remembered
      from (
        select f.key, f.created_at, exists (
          select 1 from cases c where c.account_id = $1 and c.custom_fields <> '{}' and c.custom_fields ? f.key
        ) as held
        from case_field f
        where f.account_id = $1 and f.id = $2
      ) as uses`,
    values: [accountId, id],
  });
  return row ?? { held: false, remembered: false };
}
