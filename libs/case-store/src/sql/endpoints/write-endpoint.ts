import type { Queryable } from '../../queryable.js';
import type { EndpointRow } from './endpoint-detail.js';

/** Stores a new address of the API. */
export async function insertEndpoint(client: Queryable, accountId: string, row: EndpointRow): Promise<void> {
  await client.query({
    text: `
      insert into channel_endpoint (
        account_id, id, kind, address, group_id, default_priority, default_type, auto_create, active
      )
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [accountId, row.id, row.kind, row.address, ...columnsOf(row)],
  });
}

/** Stores a further version of an address; `changed` are the public names of the fields that differ. */
export async function updateEndpoint(
  client: Queryable,
  accountId: string,
  row: EndpointRow,
  changed: readonly string[],
): Promise<void> {
  await client.query({
    text: `
      update channel_endpoint
      set group_id = $4, default_priority = $5, default_type = $6, auto_create = $7, active = $8,
        version = version + 1, updated_at = now(),
        changed_in = changed_in || (select jsonb_object_agg(field, version + 1) from unnest($3::text[]) as field)
      where account_id = $1 and id = $2`,
    values: [accountId, row.id, [...changed], ...columnsOf(row)],
  });
}

function columnsOf({ groupId, defaultPriority, defaultType, autoCreate, active }: EndpointRow): unknown[] {
  return [groupId, defaultPriority, defaultType, autoCreate, active];
}
