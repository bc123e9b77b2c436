import { rowsOf, type Queryable } from '../../queryable.js';
import type { EndpointDetail } from './endpoint-detail.js';

/** All addresses of the account, inactive ones too, in no order. */
export async function listEndpoints(client: Queryable, accountId: string): Promise<EndpointDetail[]> {
  return rowsOf<EndpointDetail>(client, {
    text: `
      select id, kind, address, group_id as "groupId", default_priority as "defaultPriority",
        default_type as "defaultType", auto_create as "autoCreate", active, label, managed_by as "managedBy", place,
        version, changed_in as "changedIn", created_at as "createdAt", updated_at as "updatedAt"
      from channel_endpoint
      where account_id = $1`,
    values: [accountId],
  });
}
